// `data-confirm="Question ?"` asks in a dialog of the page before a form is sent.
import { behaviour } from "./attach";

function words(name: "yes" | "no"): string {
  return document.body.dataset[name === "yes" ? "wordConfirm" : "wordCancel"] ?? "OK";
}

function button(label: string, value: string, variant: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.value = value;
  made.className = `button button--${variant}`;
  made.textContent = label;
  return made;
}

function ask(question: string, yes: string): Promise<boolean> {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const body = document.createElement("form");
  body.method = "dialog";
  const text = document.createElement("p");
  text.className = "dialog__body";
  text.id = "question-posed";
  text.textContent = question;
  const footer = document.createElement("div");
  footer.className = "dialog__footer";
  footer.append(button(words("no"), "no", "quiet"), button(yes, "yes", "primary"));
  body.append(text, footer);
  dialog.append(body);
  dialog.setAttribute("aria-labelledby", text.id);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
  });
}

function questionOf(form: HTMLFormElement, submitter: HTMLElement | null): string | undefined {
  return submitter?.dataset["confirm"] ?? form.dataset["confirm"];
}

behaviour<HTMLFormElement>("form[data-confirm], form:has([data-confirm])", (form) => {
  let agreed = false;
  form.addEventListener(
    "submit",
    (event) => {
      const submitter = event.submitter;
      const question = questionOf(form, submitter);
      if (agreed || !question) {
        agreed = false;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      void ask(question, submitter?.textContent?.trim() ?? words("yes")).then((yes) => {
        if (!yes) return;
        agreed = true;
        form.requestSubmit(submitter);
      });
    },
    { capture: true },
  );
});
