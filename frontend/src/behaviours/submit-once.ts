// A form sent twice by a double tap is sent once. Coming back to the page frees it again.
import { behaviour } from "./attach";

function release(form: HTMLFormElement): void {
  delete form.dataset["sent"];
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

behaviour<HTMLFormElement>("form[data-submit-once]", (form) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset["sent"]) {
      event.preventDefault();
      return;
    }
    // Once the other listeners have spoken: one of them may have stopped this sending.
    window.setTimeout(() => {
      if (event.defaultPrevented) return;
      form.dataset["sent"] = "1";
      event.submitter?.setAttribute("aria-busy", "true");
    });
  });
  form.addEventListener("htmx:afterRequest", () => release(form));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) release(form);
  });
});
