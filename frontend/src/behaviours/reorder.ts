// `data-reorder` on a table: rows that carry `data-move` and `data-place` can be dragged. Dropping
// one sends the form that its own buttons send, with the new place; without a mouse or a script,
// those buttons do the same.
import { behaviour } from "./attach";

function rowsOf(table: Element): HTMLTableRowElement[] {
  return [...table.querySelectorAll<HTMLTableRowElement>("tr[data-move]")];
}

function send(row: HTMLTableRowElement, place: number): void {
  for (const form of row.querySelectorAll("form")) {
    const field = form.querySelector<HTMLInputElement>("input[name='place']");
    if (!field) continue;
    field.value = String(place);
    form.requestSubmit();
    return;
  }
}

function isBelowMiddle(row: Element, y: number): boolean {
  const box = row.getBoundingClientRect();
  return y > box.top + box.height / 2;
}

behaviour<HTMLElement>("[data-reorder]", (table) => {
  let dragged: HTMLTableRowElement | null = null;
  let next: Element | null = null;
  let dropped = false;

  for (const row of rowsOf(table)) {
    row.draggable = true;
    for (const link of row.querySelectorAll("a")) link.draggable = false;
  }

  table.addEventListener("dragstart", (event) => {
    dragged = event.target instanceof Element ? event.target.closest("tr[data-move]") : null;
    if (!dragged || !event.dataTransfer) return;
    next = dragged.nextElementSibling;
    dropped = false;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });

  table.addEventListener("dragover", (event) => {
    if (!dragged || !(event.target instanceof Element)) return;
    event.preventDefault();
    const over = event.target.closest("tr[data-move]");
    if (!over || over === dragged) return;
    if (isBelowMiddle(over, event.clientY)) over.after(dragged);
    else over.before(dragged);
  });

  table.addEventListener("drop", (event) => {
    event.preventDefault();
    dropped = dragged !== null;
  });

  table.addEventListener("dragend", () => {
    if (!dragged) return;
    const place = rowsOf(table).indexOf(dragged) + 1;
    if (!dropped) dragged.parentElement?.insertBefore(dragged, next);
    else if (String(place) !== dragged.dataset["place"]) send(dragged, place);
    dragged = null;
  });
});
