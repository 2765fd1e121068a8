// The wall keeps itself up to date, fits what it shows to the screen, page after page when there
// is too much, and freezes on its last good state, saying its age, when the line is lost.
import { listen } from "./live/doorbell";
import { coalesced } from "./live/coalesced";
import { hourWords } from "./live/hours";
import { announceLoad, fetchFragment, morph } from "./live/refresh";

const LOOK = "fabrique:wall:look";
const PAGE_MS = 12_000;
const GRACE_MS = 6_000;
const IDLE_MS = 4_000;
const DENSITIES = ["large", "roomy", "close", "dense"];

function start(root: HTMLElement): void {
  const words = root.dataset;
  const place = required(root, "[data-wall-place]");
  const frozen = required(root, "[data-frozen]");
  let fresh = Date.now();
  let isLost = false;
  let heard = -1;

  const refresh = coalesced(async () => {
    const answer = await fetchFragment(location.pathname);
    if (answer.status === 404) {
      place.replaceChildren(centred(words["sayRevoked"] ?? ""));
      bell.close();
      return;
    }
    const state = answer.page?.querySelector("[data-wall-state]");
    const shown = place.querySelector<HTMLElement>("[data-wall-state]");
    if (!state || !shown) {
      isLost = true;
      return;
    }
    fresh = Date.now();
    isLost = false;
    const before = shown.dataset["key"];
    const known = new Set(itemsOf(shown).map((item) => item.id));
    morph(shown, state);
    const now = required(place, "[data-wall-state]");
    announceLoad(now);
    const isSame = before === now.dataset["key"];
    for (const item of itemsOf(now)) item.classList.toggle("is-new", isSame && !known.has(item.id));
    pages.fit(isSame);
  });

  const pages = new Pages(root, words["sayPage"] ?? "");
  const bell = listen(
    words["stream"] ?? "",
    words["numbers"] ?? "",
    ({ room }) => {
      isLost = false;
      fresh = Date.now();
      if (room === heard) return;
      heard = room;
      void refresh();
    },
    (isConnected) => {
      isLost = !isConnected;
      if (isConnected) fresh = Date.now();
    },
  );

  window.setInterval(() => {
    const age = Date.now() - fresh;
    const isFrozen = isLost && age > GRACE_MS;
    if (isLost) void refresh();
    frozen.hidden = !isFrozen;
    if (isFrozen) {
      frozen.textContent = (words["sayFrozen"] ?? "")
        .replace("{time}", hourWords(new Date(fresh)))
        .replace("{age}", String(Math.floor(age / 60_000)));
    }
  }, 2_000);

  window.addEventListener("resize", () => pages.fit(true));
  void document.fonts.ready.then(() => pages.fit(false));
  controls(root);
}

/** Fits the stage: smaller letters first, then pages that turn by themselves. */
class Pages {
  private page = 0;
  private turning = 0;
  private turnsAt = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly words: string,
  ) {}

  fit(keepsPage: boolean): void {
    const stage = this.root.querySelector<HTMLElement>("[data-stage]");
    window.clearTimeout(this.turning);
    if (!stage) return;
    const items = itemsOf(stage);
    for (const item of items) item.hidden = false;
    for (const density of DENSITIES) {
      document.documentElement.dataset["density"] = density;
      if (stage.scrollHeight <= stage.clientHeight + 2) break;
    }
    const groups = this.grouped(stage, items);
    if (!keepsPage || this.page >= groups.length) this.page = 0;
    this.show(groups);
    // What comes in does not start the time of a page again: in a lively room it would never turn.
    if (!keepsPage || !this.turnsAt) this.turnsAt = Date.now() + PAGE_MS;
    if (groups.length > 1) this.turn(groups);
    else this.turnsAt = 0;
  }

  private turn(groups: HTMLElement[][]): void {
    this.turning = window.setTimeout(
      () => {
        this.page = (this.page + 1) % groups.length;
        this.turnsAt = Date.now() + PAGE_MS;
        this.show(groups);
        this.turn(groups);
      },
      Math.max(0, this.turnsAt - Date.now()),
    );
  }

  private grouped(stage: HTMLElement, items: HTMLElement[]): HTMLElement[][] {
    if (stage.scrollHeight <= stage.clientHeight + 2 || items.length < 2) return [items];
    for (const item of items) item.hidden = true;
    const groups: HTMLElement[][] = [];
    let group: HTMLElement[] = [];
    for (const item of items) {
      item.hidden = false;
      if (group.length > 0 && stage.scrollHeight > stage.clientHeight + 2) {
        for (const one of group) one.hidden = true;
        groups.push(group);
        group = [];
      }
      group.push(item);
    }
    return [...groups, group];
  }

  private show(groups: HTMLElement[][]): void {
    groups.forEach((group, at) => group.forEach((item) => (item.hidden = at !== this.page)));
    const label = this.root.querySelector<HTMLElement>("[data-pages]");
    if (!label) return;
    label.hidden = groups.length < 2;
    label.textContent = this.words
      .replace("{page}", String(this.page + 1))
      .replace("{pages}", String(groups.length));
  }
}

function itemsOf(stage: HTMLElement): HTMLElement[] {
  return [...stage.querySelectorAll<HTMLElement>(".grid > *, .wall-item")];
}

function controls(root: HTMLElement): void {
  const bar = required(root, "[data-controls]");
  bar.hidden = false;
  const look = (name: string): void => {
    document.documentElement.dataset["look"] = name;
    for (const one of bar.querySelectorAll<HTMLElement>("[data-look]")) {
      one.setAttribute("aria-pressed", String(one.dataset["look"] === name));
    }
    try {
      localStorage.setItem(LOOK, name);
    } catch {
      // Kept until the page is closed.
    }
  };
  let kept = "";
  try {
    kept = localStorage.getItem(LOOK) ?? "";
  } catch {
    // The same.
  }
  look(kept || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "bright"));
  bar.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button");
    if (button?.dataset["look"]) look(button.dataset["look"]);
    else if (button?.hasAttribute("data-full-screen")) {
      if (document.fullscreenElement) void document.exitFullscreen();
      else void document.documentElement.requestFullscreen();
    }
  });
  let idle = 0;
  const wake = (): void => {
    root.classList.remove("is-idle");
    window.clearTimeout(idle);
    idle = window.setTimeout(() => {
      if (!bar.contains(document.activeElement)) root.classList.add("is-idle");
    }, IDLE_MS);
  };
  for (const name of ["pointermove", "keydown", "focusin"]) document.addEventListener(name, wake);
  wake();
}

function centred(text: string): HTMLElement {
  const centre = document.createElement("div");
  centre.className = "wall-centre";
  const title = document.createElement("h1");
  title.textContent = text;
  centre.append(title);
  return centre;
}

function required(root: ParentNode, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`${selector} is missing`);
  return found;
}

const root = document.querySelector<HTMLElement>("[data-wall]");
if (root) start(root);
