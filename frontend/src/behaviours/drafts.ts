// `data-drafts="key"` keeps in this browser what is typed in a form, at each pause, and puts it
// back after an error, a reload or a closed tab. The server says when it may be forgotten, by an
// element with `data-drafts-clear="key"` on the page that follows.
import { behaviour } from "./attach";

const PREFIX = "fabrique:draft:";
const PAUSE = 400;
type Kept = Record<string, string>;
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const UNKEPT = new Set(["hidden", "password", "file", "submit", "button"]);

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (found): found is Control =>
      (found instanceof HTMLInputElement && !UNKEPT.has(found.type)) ||
      found instanceof HTMLTextAreaElement ||
      found instanceof HTMLSelectElement,
  );
}

function slot(control: Control): string {
  const choice = control instanceof HTMLInputElement && /radio|checkbox/.test(control.type);
  return choice ? `${control.name}=${control.value}` : control.name;
}

function read(control: Control): string {
  const choice = control instanceof HTMLInputElement && /radio|checkbox/.test(control.type);
  return choice ? String((control as HTMLInputElement).checked) : control.value;
}

function write(control: Control, value: string): void {
  if (control instanceof HTMLInputElement && /radio|checkbox/.test(control.type)) {
    control.checked = value === "true";
  } else {
    control.value = value;
  }
}

function initial(control: Control): string {
  if (control instanceof HTMLSelectElement) {
    return [...control.options].find((option) => option.defaultSelected)?.value ?? "";
  }
  const choice = control instanceof HTMLInputElement && /radio|checkbox/.test(control.type);
  return choice ? String((control as HTMLInputElement).defaultChecked) : control.defaultValue;
}

/** A full or forbidden store must never stop anyone from writing. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function save(form: HTMLFormElement, key: string): void {
  const kept: Kept = {};
  for (const control of controls(form)) {
    const value = read(control);
    if (control.name && value !== initial(control)) kept[slot(control)] = value;
  }
  attempt(() => {
    if (Object.keys(kept).length > 0) localStorage.setItem(key, JSON.stringify(kept));
    else localStorage.removeItem(key);
  });
}

function restore(form: HTMLFormElement, key: string): void {
  const kept = attempt(() => JSON.parse(localStorage.getItem(key) ?? "{}") as Kept) ?? {};
  for (const control of controls(form)) {
    const value = kept[slot(control)];
    if (value === undefined || read(control) !== initial(control)) continue;
    write(control, value);
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function keyOf(form: HTMLFormElement): string {
  return PREFIX + (form.dataset["drafts"] ?? "");
}

export function forgetDraft(form: HTMLFormElement): void {
  attempt(() => localStorage.removeItem(keyOf(form)));
}

behaviour<HTMLElement>("[data-drafts-clear]", (element) => {
  attempt(() => localStorage.removeItem(PREFIX + (element.dataset["draftsClear"] ?? "")));
});

behaviour<HTMLFormElement>("form[data-drafts]", (form) => {
  const key = keyOf(form);
  let pause = 0;
  const keep = (): void => {
    if (form.isConnected) save(form, key);
  };
  restore(form, key);
  form.addEventListener("input", () => {
    window.clearTimeout(pause);
    pause = window.setTimeout(keep, PAUSE);
  });
  window.addEventListener("pagehide", keep);
});
