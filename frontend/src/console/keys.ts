// The keyboard of the console. One can switch it off; every key has a button that does the same.
import type { Detail } from "./detail";
import type { Moves } from "./moves";
import type { Picked } from "./picked";

const KEPT = "fabrique:console:shortcuts";
const DIGITS_PAUSE_MS = 650;

interface Board {
  moves: Moves;
  picked: Picked;
  detail: Detail;
  announce: (text: string) => void;
}

export function attachKeys(root: HTMLElement, board: Board): void {
  const { moves, picked, detail } = board;
  const words = root.dataset;
  let isOn = attachSwitch(root, (now) => (isOn = now));
  let digits = "";
  let waiting = 0;

  const chosen = (): string[] => {
    const own = document.activeElement;
    const here = own instanceof HTMLInputElement && own.matches("[data-item]") ? [own.value] : [];
    return picked.ids.length > 0 ? picked.ids : here;
  };
  const withChosen = (act: (ids: string[]) => void): void => {
    const ids = chosen();
    if (ids.length > 0) act(ids);
    else moves.warn(words["sayNothing"] ?? "");
  };
  const toCard = (): void => {
    const card = root.querySelector<HTMLElement>(`[data-rank="${CSS.escape(digits)}"]`);
    digits = "";
    if (!card) {
      moves.warn(words["sayNoCard"] ?? "");
      return;
    }
    const next = afterIt();
    withChosen((ids) => {
      const fields = { card: card.dataset["card"] ?? "", contribution: ids };
      void moves.act("place", fields).then((isDone) => isDone && standOn(next));
    });
  };
  const onDigit = (key: string): void => {
    digits += key;
    window.clearTimeout(waiting);
    const many = root.querySelectorAll("[data-rank]").length;
    if (Number(digits) * 10 > many) toCard();
    else {
      board.announce(`${words["sayMoving"] ?? ""}${digits}`);
      waiting = window.setTimeout(toCard, DIGITS_PAUSE_MS);
    }
  };
  const openCard = (on: string, focus: string): void => {
    const card = document.activeElement?.closest<HTMLElement>("[data-card]");
    const link = card?.querySelector<HTMLAnchorElement>("a[data-open][data-item]");
    if (link) void detail.open(link.href, on, focus);
  };
  const aside = (): void => {
    const own = document.activeElement;
    if (own instanceof HTMLAnchorElement && own.matches("[data-item]") && picked.ids.length === 0) {
      openCard("aside-card", "");
      return;
    }
    withChosen((ids) => {
      for (const id of ids) {
        const box = document.getElementById(`pick-${id}`);
        if (box instanceof HTMLInputElement) box.checked = true;
      }
      picked.show();
      document.getElementById("selection-reason")?.focus();
    });
  };
  const create = (): void => {
    const next = afterIt();
    withChosen((ids) => {
      void moves.act("create_card", { contribution: ids }).then((isDone) => isDone && standOn(next));
    });
  };

  const keys: Record<string, () => void> = {
    c: create,
    x: aside,
    n: () => openCard("", "[name=title]"),
    m: () => openCard("merge", "select"),
    z: () => root.querySelector<HTMLElement>("[data-undo]")?.click(),
    e: () => unfold(root, "say-for-room"),
    "/": () => root.querySelector<HTMLElement>("[data-search] input[type=search]")?.focus(),
    "?": () => document.querySelector<HTMLDialogElement>("dialog#shortcuts")?.showModal(),
    "0": () => withChosen((ids) => void moves.act("take_out", { contribution: ids })),
    Escape: () => picked.clear(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (isWriting(event.target)) {
      fieldKey(root, event);
      return;
    }
    if (/^Arrow/.test(event.key)) {
      if (step(root, event.key)) event.preventDefault();
      return;
    }
    if (!isOn) return;
    if (/^[0-9]$/.test(event.key) && (event.key !== "0" || digits)) {
      event.preventDefault();
      onDigit(event.key);
      return;
    }
    const act = keys[event.key];
    if (!act || (event.key === "Escape" && picked.ids.length === 0)) return;
    event.preventDefault();
    act();
  });
}

/** In the bar of what is ticked, Enter presses the button beside the field; Escape goes back. */
function fieldKey(root: HTMLElement, event: KeyboardEvent): void {
  const field = event.target as HTMLElement;
  if (event.key === "Escape" && root.contains(field)) {
    field.blur();
    (root.querySelector<HTMLElement>("input[data-item]:checked") ?? items(root)[0])?.focus();
    return;
  }
  if (event.key !== "Enter" || !field.id) return;
  const button = root.querySelector<HTMLElement>(`[data-for="${CSS.escape(field.id)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
}

function isWriting(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit)$/.test(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function items(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("[data-item]")].filter(
    (item) => item.checkVisibility?.() ?? item.offsetParent !== null,
  );
}

/** Up and down within what is seen; left and right between what is to sort and the cards. */
function step(root: HTMLElement, key: string): boolean {
  const own = document.activeElement;
  const all = items(root);
  const isItem = own instanceof HTMLElement && own.matches("[data-item]");
  if (!isItem) {
    if (own && own !== document.body && root.contains(own)) return false;
    all[0]?.focus();
    return all.length > 0;
  }
  const sections = [...root.querySelectorAll<HTMLElement>(".board__column, .board__cards")];
  const here = sections.findIndex((section) => section.contains(own));
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const there = sections[here + (key === "ArrowRight" ? 1 : -1)];
    const first = there ? items(there)[0] : undefined;
    first?.focus();
    return first !== undefined;
  }
  const within = here >= 0 ? items(sections[here]!) : all;
  const next = within[within.indexOf(own) + (key === "ArrowDown" ? 1 : -1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return next !== undefined;
}

/** Where to stand once what one is on has left its place: the next one not ticked. */
function afterIt(): string {
  const own = document.activeElement;
  const column = own?.closest("[data-column]");
  if (!column) return "";
  const all = items(column);
  const from = all.indexOf(own as HTMLElement);
  const isFree = (item: HTMLElement): boolean =>
    item !== own && !(item instanceof HTMLInputElement && item.checked);
  const next = all.slice(from + 1).find(isFree) ?? all.slice(0, from).reverse().find(isFree);
  return next?.id ?? "";
}

function standOn(id: string): void {
  if (id) document.getElementById(id)?.focus();
}

function unfold(root: HTMLElement, id: string): void {
  const details = root.querySelector<HTMLDetailsElement>(`details#${id}`);
  if (!details) return;
  details.open = true;
  details.querySelector<HTMLElement>("textarea, input:not([type=hidden])")?.focus();
}

/** « Raccourcis actifs »: kept in this browser. */
function attachSwitch(root: HTMLElement, change: (isOn: boolean) => void): boolean {
  const box = root.querySelector<HTMLInputElement>("[data-shortcuts-switch]");
  let isOn = true;
  try {
    isOn = localStorage.getItem(KEPT) !== "off";
  } catch {
    // A forbidden store: on, until the page is closed.
  }
  if (box) {
    box.checked = isOn;
    box.addEventListener("change", () => {
      change(box.checked);
      try {
        localStorage.setItem(KEPT, box.checked ? "on" : "off");
      } catch {
        // The same.
      }
    });
  }
  return isOn;
}
