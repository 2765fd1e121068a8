// The console of a facilitator: gestures go without leaving the page, by mouse, by drag and drop
// or by keyboard, and what happens in the room comes in by itself. Without this script the same
// gestures are forms.
import { attachDrag } from "./console/drag";
import { Detail } from "./console/detail";
import { attachFilter } from "./console/filter";
import { attachKeys } from "./console/keys";
import { Moves } from "./console/moves";
import { Picked } from "./console/picked";
import { listen } from "./live/doorbell";
import { coalesced } from "./live/coalesced";
import { announceLoad, fetchFragment, morph } from "./live/refresh";

const NEWS_PAUSE_MS = 4_000;

function start(root: HTMLElement): void {
  const words = root.dataset;
  const place = required(root, "[data-console-place]");
  const line = required(root, "[data-line]");
  const announceLine = required(root, "[data-announce]");
  const announce = (text: string): void => {
    announceLine.textContent = text;
  };

  root.classList.add("is-scripted");
  const picked = new Picked(root);
  const filter = attachFilter(root);
  const refresh = coalesced(async () => {
    const fresh = await fetchFragment(location.pathname + location.search);
    const state = fresh.page?.querySelector("[data-console-state]");
    const shown = place.querySelector<HTMLElement>("[data-console-state]");
    if (!state || !shown) return;
    const waiting = Number(shown.dataset["waiting"] ?? 0);
    const focused = document.activeElement?.id ?? "";
    morph(shown, state);
    const now = required(place, "[data-console-state]");
    announceLoad(now);
    filter();
    picked.show();
    keepFocus(focused);
    news(Number(now.dataset["waiting"] ?? 0) - waiting);
  });

  let added = 0;
  let pause = 0;
  const news = (more: number): void => {
    if (more <= 0) return;
    added += more;
    window.clearTimeout(pause);
    pause = window.setTimeout(() => {
      announce(`${words["sayNew"] ?? ""}${added}`);
      added = 0;
    }, NEWS_PAUSE_MS);
  };

  const moves = new Moves(root, announce, refresh, picked);
  const detail = new Detail(root, moves);
  attachDrag(root, moves, picked);
  attachKeys(root, { moves, picked, detail, announce });
  picked.show();

  let heard = Number(required(place, "[data-console-state]").dataset["last"] ?? -1);
  listen(
    words["stream"] ?? "",
    words["numbers"] ?? "",
    ({ room }) => {
      if (room === heard) return;
      heard = room;
      void refresh();
    },
    (isConnected) => {
      line.hidden = isConnected;
    },
  );
}

/** What one was on has moved or gone: stay on it, or near it, rather than at the top. */
function keepFocus(id: string): void {
  if (!id || document.activeElement?.id === id) return;
  document.getElementById(id)?.focus({ preventScroll: true });
}

function required(root: ParentNode, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`${selector} is missing`);
  return found;
}

const root = document.querySelector<HTMLElement>("[data-console]");
if (root) start(root);
