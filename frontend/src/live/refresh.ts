// Brings a region of the page up to date with the server, keeping what one is doing in it: the
// focus, what is typed, what is ticked, what is unfolded, the clock that runs.
import { Idiomorph } from "idiomorph";
import { isChosen } from "./touched";

// Chromium does not always lay out again what `moveBefore` carries through a hidden place, as
// Idiomorph does: a whole board stayed blank. Without it Idiomorph inserts, which is always drawn.
Reflect.deleteProperty(Element.prototype, "moveBefore");

export interface Fresh {
  /** The region as fetched, or nothing when the server could not be reached. */
  page: Document | null;
  status: number;
}

export async function fetchFragment(address: string): Promise<Fresh> {
  try {
    const answer = await fetch(address, { headers: { "X-Fragment": "1" }, redirect: "manual" });
    if (!answer.ok) return { page: null, status: answer.status };
    const text = await answer.text();
    return { page: new DOMParser().parseFromString(text, "text/html"), status: answer.status };
  } catch {
    return { page: null, status: 0 };
  }
}

function isBeingTyped(node: Element): boolean {
  if (node instanceof HTMLTextAreaElement) return node.value !== node.defaultValue;
  if (node instanceof HTMLSelectElement) {
    if (node === document.activeElement || (node.value !== "" && node.closest("[data-selection]"))) return true;
    return isChosen(node);
  }
  if (!(node instanceof HTMLInputElement)) return false;
  return /^(text|search|number)$/.test(node.type) && (node.value !== "" || node === document.activeElement);
}

/** Make `shown` what `fresh` is. */
export function morph(shown: Element, fresh: Element): void {
  Idiomorph.morph(shown, fresh, {
    morphStyle: "outerHTML",
    // Only of a field: a focused button must still get its new words.
    ignoreActiveValue: document.activeElement?.matches("input, textarea, select") ?? false,
    callbacks: {
      beforeNodeMorphed(before: Node, after: Node): boolean {
        if (!(before instanceof Element) || !(after instanceof Element)) return true;
        if (before.matches("[data-timer-place]") && before.id === after.id) return false;
        if (before instanceof HTMLInputElement && /^(checkbox|radio)$/.test(before.type)) {
          // Not the attribute: it is what a form goes back to once it is sent.
          (after as HTMLInputElement).checked = before.checked;
          return true;
        }
        return !isBeingTyped(before);
      },
      beforeNodeRemoved(node: Node): boolean {
        return !(node instanceof Element && node.matches("[data-refusal]"));
      },
      beforeAttributeUpdated(name: string, node: Element): boolean {
        if (name === "open" && node instanceof HTMLDetailsElement) return false;
        return !(name === "hidden" && node.hasAttribute("data-filtered"));
      },
    },
  });
}

/** Tell the behaviours that there are new elements to attach to. */
export function announceLoad(region: Element): void {
  region.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
}
