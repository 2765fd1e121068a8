// `data-autosubmit`: a form of choices is sent as soon as one is made.
import { behaviour } from "./attach";

behaviour<HTMLFormElement>("form[data-autosubmit]", (form) => {
  form.addEventListener("change", () => form.requestSubmit());
});
