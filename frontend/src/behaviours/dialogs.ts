// `data-dialog="id"` opens a dialog of the page; without scripts its link leads to a page.
import { behaviour } from "./attach";

behaviour<HTMLElement>("[data-dialog]", (opener) => {
  opener.addEventListener("click", (event) => {
    const dialog = document.getElementById(opener.dataset["dialog"] ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    dialog.showModal();
  });
  opener.addEventListener("keydown", (event) => {
    if (opener instanceof HTMLAnchorElement && event.key === " ") {
      event.preventDefault();
      opener.click();
    }
  });
});
