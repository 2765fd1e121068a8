// Looks for words among what is on the board as one types, accents and capitals aside.

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

export function attachFilter(root: HTMLElement): () => void {
  const apply = (): void => {
    const field = root.querySelector<HTMLInputElement>("[data-search] input[type=search]");
    const wanted = plain(field?.value ?? "").split(/\s+/).filter(Boolean);
    const holds = (text: string): boolean => wanted.every((word) => plain(text).includes(word));
    for (const line of root.querySelectorAll<HTMLElement>("[data-console-place] [data-said]")) {
      show(line, holds(line.textContent ?? ""));
    }
    for (const card of root.querySelectorAll<HTMLElement>("[data-card]")) {
      const inside = card.querySelector("[data-said]:not([hidden])") !== null;
      show(card, wanted.length === 0 || inside || holds(card.textContent ?? ""));
      const said = card.querySelector("details");
      if (said && wanted.length > 0 && inside) said.open = true;
    }
  };
  root.addEventListener("input", (event) => {
    if ((event.target as Element).closest("[data-search]")) apply();
  });
  root.addEventListener("submit", (event) => {
    if (!(event.target as Element).matches("[data-search]")) return;
    event.preventDefault();
    apply();
  });
  return apply;
}

function show(element: HTMLElement, isShown: boolean): void {
  element.hidden = !isShown;
  element.toggleAttribute("data-filtered", !isShown);
}
