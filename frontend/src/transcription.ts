// Enter keys in the card and goes to the next one; Shift and Enter go to the next line.
const form = document.querySelector<HTMLFormElement>("form[data-enter-sends]");

if (form) {
  const text = form.querySelector<HTMLTextAreaElement>("textarea");
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  const wrong = form.querySelector<HTMLElement>("[aria-invalid=true]");
  (wrong ?? text)?.focus();
}
export {};
