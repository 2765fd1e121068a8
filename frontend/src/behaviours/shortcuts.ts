// `data-shortcut="n"`: the key presses the button, except while one is writing.
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  if (document.body.dataset["shortcuts"] === "off" || document.querySelector("dialog[open]")) return;
  for (const found of document.querySelectorAll<HTMLElement>("[data-shortcut]")) {
    if (found.dataset["shortcut"] === event.key && found.offsetParent !== null) {
      event.preventDefault();
      found.click();
      return;
    }
  }
});
export {};
