// A card or a contribution in a dialog over the board: its page's own fragment, so that the page
// and the dialog never differ. What is typed in it is not touched by what happens in the room.
import { announceLoad, fetchFragment } from "../live/refresh";
import type { Moves } from "./moves";

export class Detail {
  private readonly dialog: HTMLDialogElement;
  private readonly place: HTMLElement;

  constructor(root: HTMLElement, moves: Moves) {
    this.dialog = root.querySelector<HTMLDialogElement>("[data-detail]")!;
    this.place = root.querySelector<HTMLElement>("[data-detail-place]")!;
    root.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-open]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const waiting = window.setTimeout(() => moves.say(root.dataset["sayLoading"] ?? ""), 400);
      void this.open(link.href).then((isOpen) => {
        window.clearTimeout(waiting);
        if (!isOpen) moves.warn(root.dataset["sayLost"] ?? "");
      });
    });
  }

  /** Open a page in the dialog; `on` is what to unfold, `focus` where to stand. */
  async open(address: string, on = "", focus = ""): Promise<boolean> {
    const fresh = await fetchFragment(address);
    const content = fresh.page?.querySelector("[data-detail-content]");
    if (!content) return false;
    this.place.replaceChildren(document.adoptNode(content));
    for (const one of this.place.querySelectorAll<HTMLElement>("[data-only-scripted]")) {
      one.hidden = false;
    }
    announceLoad(this.place);
    this.dialog.showModal();
    const unfolded = on ? this.place.querySelector<HTMLDetailsElement>(`#${on}`) : null;
    if (unfolded) unfolded.open = true;
    const where = focus || "input:not([type=hidden]), select, textarea, button";
    const wanted = (unfolded ?? this.place).querySelector<HTMLElement>(where);
    wanted?.focus();
    if (wanted instanceof HTMLInputElement) wanted.select();
    return true;
  }
}
