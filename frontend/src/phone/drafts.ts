// Keeps what is being typed at each pause, by workshop, so that a reload or a dead battery costs
// nothing. The browser may refuse: the text is then only on screen, as before.

const PAUSE_MS = 400;

const keyOf = (form: HTMLFormElement): string => `draft:${form.dataset["drafts"] ?? form.action}`;

export function watchDrafts(place: HTMLElement): void {
  let timer = 0;
  place.addEventListener("input", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("form[data-drafts]");
    if (!form) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => keep(form), PAUSE_MS);
  });
}

export function restoreDrafts(place: HTMLElement): void {
  for (const form of place.querySelectorAll<HTMLFormElement>("form[data-drafts]")) {
    const area = textOf(form);
    const kept = read(form);
    if (area && !area.value && kept) area.value = kept;
  }
}

export function forgetDraft(form: HTMLFormElement): void {
  try {
    localStorage.removeItem(keyOf(form));
  } catch {
    // Nothing was kept.
  }
}

export function textOf(form: HTMLFormElement): HTMLTextAreaElement | null {
  return form.querySelector<HTMLTextAreaElement>("textarea[name=text]");
}

function keep(form: HTMLFormElement): void {
  try {
    localStorage.setItem(keyOf(form), textOf(form)?.value ?? "");
  } catch {
    // A full disk: the text stays in the page.
  }
}

function read(form: HTMLFormElement): string {
  try {
    return localStorage.getItem(keyOf(form)) ?? "";
  } catch {
    return "";
  }
}
