// `data-copy="text"` puts the text on the clipboard and says so on the button.
import { behaviour } from "./attach";

behaviour<HTMLElement>("[data-copy]", (element) => {
  const label = element.querySelector("span") ?? element;
  element.setAttribute("aria-live", "polite");
  element.addEventListener("click", () => {
    const before = label.textContent;
    void navigator.clipboard.writeText(element.dataset["copy"] ?? "").then(() => {
      label.textContent = document.body.dataset["wordCopied"] ?? "✓";
      window.setTimeout(() => (label.textContent = before), 2000);
    });
  });
});
