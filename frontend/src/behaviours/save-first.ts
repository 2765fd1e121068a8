// `data-save-first` on a form that saves itself at each pause: what was just typed is saved before
// anything takes the form off the page. If it cannot be, the form stays, and so does the text.
import htmx from "htmx.org";

interface Asked {
  target: Element;
  issueRequest: () => void;
}

const SELECTOR = "form[data-save-first]";

function isDirty(form: HTMLFormElement): boolean {
  return [...form.querySelectorAll<HTMLTextAreaElement>("textarea")].some(
    (text) => text.value !== text.defaultValue,
  );
}

async function isSaved(form: HTMLFormElement): Promise<boolean> {
  const text = form.querySelector("textarea");
  const said = form.querySelector<HTMLElement>("[data-saved]");
  const address = text?.getAttribute("hx-post");
  if (!text || !said || !address) return false;
  said.replaceChildren();
  const typed = text.value;
  await htmx.ajax("post", address, { source: text, target: said, swap: "innerHTML" });
  if (!said.textContent?.trim() || said.querySelector("[data-refused]")) return false;
  text.defaultValue = typed;
  return true;
}

document.addEventListener("htmx:confirm", (event) => {
  const asked = (event as CustomEvent<Asked>).detail;
  const from = event.target as Element;
  const typed = [...asked.target.querySelectorAll<HTMLFormElement>(SELECTOR)].filter(
    (form) => !form.contains(from) && isDirty(form),
  );
  if (typed.length === 0) return;
  event.preventDefault();
  Promise.all(typed.map(isSaved)).then(
    (saved) => {
      if (saved.every(Boolean)) asked.issueRequest();
    },
    () => undefined,
  );
});
