// What was refused goes back to its form, as it was given, and what to do about it is said there, by
// the button. Only what has no form on the screen any more waits in the list.
import type { Entry } from "./store";

const SUBJECT = ["workshop", "card"];

/** Whether the form it came from is on the screen, and now holds it again with the refusal. */
export function refuseInForm(place: HTMLElement, entry: Entry): boolean {
  if (entry.state !== "refused") return false;
  const form = place.querySelector<HTMLFormElement>(`form[data-outbox="${CSS.escape(entry.kind)}"]`);
  if (!form || !isItsForm(form, entry)) return false;
  if (entry.kind === "contribution") fill(form, entry);
  clearRefusal(form);
  const alert = document.createElement("div");
  alert.className = "alert alert--error";
  alert.dataset["refusal"] = "";
  alert.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = entry.message;
  alert.append(words);
  form.insertBefore(alert, form.querySelector(":scope > button:not([type=button])"));
  alert.scrollIntoView({ block: "nearest" });
  return true;
}

export function clearRefusal(form: HTMLFormElement): void {
  form.querySelector("[data-refusal]")?.remove();
  refusedPage(form)?.removeAttribute("data-refused");
}

export function isRefused(form: HTMLFormElement): boolean {
  return form.querySelector("[data-refusal]") !== null || refusedPage(form) !== null;
}

/** The page as the server refused it, sent before this script was there to hear it. */
export function refusedPage(form: HTMLFormElement): HTMLElement | null {
  return form.closest<HTMLElement>("[data-refused]");
}

/** Whether both are about the same card of the same workshop. */
export function asksTheSame(form: HTMLFormElement, other: HTMLFormElement | null): boolean {
  if (!other || form.dataset["outbox"] !== other.dataset["outbox"]) return false;
  return SUBJECT.every((name) => askedIn(form, name) === askedIn(other, name));
}

function askedIn(form: HTMLFormElement, name: string): string {
  return String(new FormData(form).get(name) ?? "");
}

function isItsForm(form: HTMLFormElement, entry: Entry): boolean {
  const isSame = SUBJECT.every((name) => askedIn(form, name) === valuesOf(entry, name).join(""));
  // Words begun since are not written over: the refused ones then wait in the list.
  const text = form.querySelector<HTMLTextAreaElement>("textarea[name=text]")?.value ?? "";
  return isSame && (entry.kind !== "contribution" || text.trim() === "");
}

function fill(form: HTMLFormElement, entry: Entry): void {
  for (const element of form.elements) {
    if (element instanceof HTMLInputElement && /^(radio|checkbox)$/.test(element.type)) {
      element.checked = valuesOf(entry, element.name).includes(element.value);
    } else if (
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement ||
      (element instanceof HTMLInputElement && element.type !== "hidden")
    ) {
      element.value = valuesOf(entry, element.name)[0] ?? element.value;
    }
  }
}

function valuesOf(entry: Entry, name: string): string[] {
  return entry.fields.filter(([key]) => key === name).map(([, value]) => value);
}
