// What is ticked on the board, and the bar that says so.

export class Picked {
  constructor(private readonly root: HTMLElement) {
    root.addEventListener("change", (event) => {
      if ((event.target as Element).matches("[data-item][type=checkbox]")) this.show();
    });
  }

  get boxes(): HTMLInputElement[] {
    return [...this.root.querySelectorAll<HTMLInputElement>("input[data-item]:checked")];
  }

  get ids(): string[] {
    return this.boxes.map((box) => box.value);
  }

  clear(): void {
    for (const box of this.boxes) box.checked = false;
    this.show();
  }

  show(): void {
    const bar = this.root.querySelector<HTMLElement>("[data-selection]");
    if (!bar) return;
    const count = this.boxes.length;
    bar.classList.toggle("selection--empty", count === 0);
    const words = bar.querySelector<HTMLElement>("[data-picked-count]");
    if (words) {
      const said = this.root.dataset;
      words.textContent = count > 0 ? `${said["sayPicked"] ?? ""}${count}` : (said["sayNone"] ?? "");
    }
  }
}
