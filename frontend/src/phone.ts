// The phone of someone in the room: its forms go through an outbox kept on the phone, and what
// is running is fetched again when the doorbell rings. Without this script it is forms and links.
import { forgetDraft } from "./behaviours/drafts";
import { listen } from "./live/doorbell";
import { announceLoad, morph } from "./live/refresh";
import { isTouched } from "./live/touched";
import { newId } from "./phone/identifier";
import { showOutbox } from "./phone/list";
import { asksTheSame, clearRefusal, isRefused, refusedPage, refuseInForm } from "./phone/refusal";
import { Outbox } from "./phone/outbox";
import { type Entry, Store } from "./phone/store";

const JITTER_MS = 400;

async function start(root: HTMLElement): Promise<void> {
  const words = root.dataset;
  const room = words["room"] ?? "";
  const place = required(root, "[data-running-place]");
  const list = required(root, "[data-outbox-list]");
  const announce = required(root, "[data-announce]");
  const line = document.querySelector<HTMLElement>("[data-line]");
  const opening = Store.open();
  // After a form sent without this script, the address is where it was sent.
  if (words["page"]) history.replaceState(null, "", words["page"] + location.search);

  // Heard from the first moment: what is sent before the store has opened waits for it.
  root.addEventListener("submit", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("form[data-outbox]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset["busy"]) return;
    if (!form.checkValidity()) {
      form.reportValidity();
      return;
    }
    clearRefusal(form);
    form.dataset["busy"] = "yes";
    const text = textOf(form)?.value.trim() ?? "";
    const entry = entryOf(form, newId(), room, words["holder"] ?? "", text, "waiting");
    void opening.then(() => outbox.add(entry)).then((isKept) => {
      delete form.dataset["busy"];
      if (!isKept) announce.textContent = words["sayFull"] ?? "";
      forgetDraft(form);
      if (form.dataset["outbox"] === "contribution") {
        form.reset();
        textOf(form)?.focus();
      }
    });
  });

  const store = await opening;

  const show = async (): Promise<void> => {
    const kept = await outbox.entries();
    const said = kept.filter((entry) => refuseInForm(place, entry));
    for (const entry of said) await store.remove(entry.id);
    showOutbox(list, kept.filter((entry) => !said.includes(entry)), outbox, words, takeBack);
  };
  const outbox = new Outbox(store, room, words["send"] ?? "", (sent) => {
    void show();
    if (sent) {
      announce.textContent = words["saySent"] ?? "";
      void refresh(true);
    }
  });

  const takeBack = (entry: Entry): boolean => {
    const area = place.querySelector<HTMLTextAreaElement>("textarea[name=text]");
    if (!area || area.value) return false;
    area.value = entry.text;
    area.focus();
    return true;
  };

  let latest = 0;
  const refresh = async (afterSending = false): Promise<void> => {
    const turn = ++latest;
    let fresh: HTMLElement | null = null;
    try {
      const answer = await fetch(location.pathname + location.search, {
        headers: { "X-Fragment": "1" },
        redirect: "manual",
      });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      fresh = page.querySelector<HTMLElement>("[data-running]");
    } catch {
      return;
    }
    if (fresh && turn === latest) await swap(fresh, afterSending);
  };

  const swap = async (fresh: HTMLElement, afterSending: boolean): Promise<void> => {
    const shown = required(place, "[data-running]");
    const form = place.querySelector<HTMLFormElement>("form[data-outbox]");
    const isSame = shown.dataset["key"] === fresh.dataset["key"];
    const typed = form ? (textOf(form)?.value.trim() ?? "") : "";
    const asked = fresh.querySelector<HTMLFormElement>("form[data-outbox]");
    const again = form && asksTheSame(form, asked) ? asked : null;
    const isAnswering = form !== null && (isRefused(form) || [...form.elements].some(isTouched));
    // A finger in a field is the beginning of an answer: the keyboard stays up.
    const isHeld = isAnswering || (again && form?.matches(":focus-within"));
    if (isSame && form && isHeld && !(afterSending && form.dataset["outbox"] === "answer")) {
      // New choices reach a form that someone is answering; another card waits until they have sent.
      if (again && !refusedPage(form)) {
        keepChosen(form, again);
        morph(shown, fresh);
      } else swapPart(shown, fresh, ".mine");
      announceLoad(place);
      return;
    }
    if (!isSame && form && typed) await setApart(form, typed);
    shown.replaceWith(document.adoptNode(fresh));
    announceLoad(place);
  };

  // The workshop changed under someone's fingers: what they were writing stays with them.
  const setApart = async (form: HTMLFormElement, typed: string): Promise<void> => {
    await outbox.add(entryOf(form, newId(), room, words["holder"] ?? "", typed, "unsent"));
    forgetDraft(form);
  };

  let heard = -1;
  listen(
    words["stream"] ?? "",
    words["numbers"] ?? "",
    ({ phones }) => {
      if (phones === heard) return;
      const isFirst = heard < 0;
      heard = phones;
      window.setTimeout(
        () => {
          void refresh();
          void outbox.wake();
        },
        isFirst ? 0 : Math.random() * JITTER_MS,
      );
    },
    (isConnected) => {
      if (line) line.hidden = isConnected;
    },
  );
  window.addEventListener("online", () => void outbox.flush());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void outbox.flush();
  });

  await show();
  await outbox.wake();
  await keepPage(words["worker"] ?? "");
}

function entryOf(
  form: HTMLFormElement,
  id: string,
  room: string,
  holder: string,
  text: string,
  state: Entry["state"],
): Entry {
  const fields = [...new FormData(form)].filter(
    (pair): pair is [string, string] => typeof pair[1] === "string" && pair[0] !== "csrfmiddlewaretoken",
  );
  const valueOf = (name: string): string => fields.find(([key]) => key === name)?.[1] ?? "";
  return {
    id,
    room,
    holder,
    kind: form.dataset["outbox"] ?? "",
    writtenAt: Date.now(),
    workshop: valueOf("workshop"),
    fields,
    text,
    state,
    message: "",
    tries: 0,
  };
}

function textOf(form: HTMLFormElement): HTMLTextAreaElement | null {
  return form.querySelector<HTMLTextAreaElement>("textarea[name=text]");
}

/** A list that stood at its only line still stands there once there are others. */
function keepChosen(form: HTMLFormElement, asked: HTMLFormElement): void {
  for (const list of form.querySelectorAll<HTMLSelectElement>("select:not([multiple])")) {
    const other = asked.querySelector<HTMLSelectElement>(`select[name="${CSS.escape(list.name)}"]`);
    const same = [...(other?.options ?? [])].find((option) => option.value === list.value);
    if (!same || list.value === "") continue;
    other?.querySelector("option[selected]")?.removeAttribute("selected");
    same.setAttribute("selected", "");
  }
}

function swapPart(shown: HTMLElement, fresh: HTMLElement, selector: string): void {
  const now = fresh.querySelector(selector);
  const before = shown.querySelector(selector);
  if (now && before) before.replaceWith(document.adoptNode(now));
  else if (now) shown.append(document.adoptNode(now));
}

/** So that a reload without network finds the page, and the page finds its outbox. */
async function keepPage(worker: string): Promise<void> {
  if (!worker || !("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(worker, { scope: "/salle/" });
    const ready = await navigator.serviceWorker.ready;
    ready.active?.postMessage({ keep: [location.pathname, ...pageFiles()] });
  } catch {
    // Served without TLS outside this machine: the outbox works all the same.
  }
}

function pageFiles(): string[] {
  return performance
    .getEntriesByType("resource")
    .map((entry) => new URL(entry.name))
    .filter((address) => address.origin === location.origin)
    .map((address) => address.pathname)
    .filter((path) => path.startsWith("/static/"));
}

function required(root: ParentNode, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`${selector} is missing`);
  return found;
}

const root = document.querySelector<HTMLElement>("[data-phone]");
if (root) void start(root);
