// Drag and drop on the board. What can be dropped can also be done by keyboard and by buttons.
import type { Moves } from "./moves";
import type { Picked } from "./picked";

type Held = { said: string[] } | { card: string };

export function attachDrag(root: HTMLElement, moves: Moves, picked: Picked): void {
  let held: Held | null = null;

  root.addEventListener("dragstart", (event) => {
    const from = (event.target as Element).closest<HTMLElement>("[data-said], [data-card]");
    if (!from) return;
    held = holdOf(from, picked);
    event.dataTransfer?.setData("text/plain", from.textContent?.trim() ?? "");
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
    root.classList.add("is-dragging");
    event.stopPropagation();
  });
  root.addEventListener("dragend", () => {
    held = null;
    root.classList.remove("is-dragging");
    light(root, null);
  });
  root.addEventListener("dragover", (event) => {
    const zone = zoneOf(event.target, held);
    light(root, zone);
    if (zone) event.preventDefault();
  });
  root.addEventListener("drop", (event) => {
    const zone = zoneOf(event.target, held);
    light(root, null);
    if (!zone || !held) return;
    event.preventDefault();
    drop(moves, held, zone);
    held = null;
  });
}

function holdOf(from: HTMLElement, picked: Picked): Held {
  if (from.dataset["card"]) return { card: from.dataset["card"] };
  const own = from.querySelector<HTMLInputElement>("input[data-item]")?.value ?? "";
  return { said: picked.ids.includes(own) ? picked.ids : [own] };
}

function zoneOf(target: EventTarget | null, held: Held | null): HTMLElement | null {
  const over = (target as Element).closest<HTMLElement>("[data-said], [data-drop]");
  if (!held || !over) return null;
  const zone = over.matches("[data-said]")
    ? (over.closest<HTMLElement>("[data-drop=card]") ?? over)
    : over;
  if ("card" in held) {
    return zone.dataset["drop"] === "card" && zone.dataset["card"] !== held.card ? zone : null;
  }
  const own = zone.querySelector<HTMLInputElement>(":scope > input[data-item]")?.value;
  return own && held.said.includes(own) ? zone.closest("[data-drop]") : zone;
}

function drop(moves: Moves, held: Held, zone: HTMLElement): void {
  const card = zone.dataset["card"] ?? "";
  if ("card" in held) {
    void moves.act("merge_cards", { card: held.card, into: card });
    return;
  }
  if (zone.dataset["drop"] === "card") {
    void moves.act("place", { card, contribution: held.said });
  } else if (zone.dataset["drop"] === "new") {
    void moves.act("create_card", { contribution: held.said });
  } else if (zone.dataset["drop"] === "out") {
    if (held.said.some((id) => isPlaced(id))) void moves.act("take_out", { contribution: held.said });
  } else {
    const onto = zone.querySelector<HTMLInputElement>("input[data-item]")?.value ?? "";
    void moves.act("create_card", { contribution: [onto, ...held.said] });
  }
}

function isPlaced(id: string): boolean {
  return document.getElementById(`said-${id}`)?.closest("[data-drop=out]") === null;
}

function light(root: HTMLElement, zone: HTMLElement | null): void {
  for (const lit of root.querySelectorAll(".is-over")) if (lit !== zone) lit.classList.remove("is-over");
  zone?.classList.add("is-over");
}
