// Sends a gesture and says what became of it. Nothing typed is cleared before the server has
// answered that it is done.
import { uuidv7 } from "uuidv7";

import type { Picked } from "./picked";

export interface Refusal {
  message: string;
  fields: Record<string, string[]>;
}

const SHOWN_MS = 8_000;

export class Moves {
  private hiding = 0;
  /** Forms sent again while an answer was awaited, and by which button. */
  private readonly asked = new WeakMap<HTMLFormElement, HTMLElement | null>();

  constructor(
    private readonly root: HTMLElement,
    private readonly announce: (text: string) => void,
    private readonly refresh: () => Promise<void>,
    private readonly picked: Picked,
  ) {
    // After the question of `data-confirm`, which stops the event in the capturing phase.
    root.addEventListener("submit", (event) => {
      const form = (event.target as Element).closest<HTMLFormElement>("form[data-move]");
      if (!form) return;
      event.preventDefault();
      void this.sendForm(form, event.submitter);
    });
  }

  /** Send fields as a gesture of the workshop that is shown; whether it was done. */
  async act(move: string, fields: Record<string, string | string[]> = {}): Promise<boolean> {
    const data = new FormData();
    data.set("move", move);
    data.set("workshop", this.workshop);
    for (const [name, value] of Object.entries(fields)) {
      for (const one of Array.isArray(value) ? value : [value]) data.append(name, one);
    }
    return (await this.post(data)) === null;
  }

  async sendForm(form: HTMLFormElement, submitter: HTMLElement | null): Promise<boolean> {
    if (form.dataset["busy"]) {
      this.asked.set(form, submitter);
      return false;
    }
    form.dataset["busy"] = "1";
    this.asked.delete(form);
    const refusal = await this.post(new FormData(form, submitter), form);
    delete form.dataset["busy"];
    delete form.dataset["sent"];
    submitter?.removeAttribute("aria-busy");
    if (!refusal) return true;
    // Mended and sent again before the refusal came: what stands in the form now is what counts.
    const again = this.asked.get(form);
    if (again !== undefined) return this.sendForm(form, again);
    this.refuse(form, refusal);
    return false;
  }

  say(text: string): void {
    this.announce(text);
    const done = this.root.querySelector<HTMLElement>("[data-done]");
    const refused = this.root.querySelector<HTMLElement>("[data-refusal]");
    if (refused) refused.hidden = true;
    if (!done) return;
    done.textContent = text;
    done.hidden = false;
    window.clearTimeout(this.hiding);
    this.hiding = window.setTimeout(() => (done.hidden = true), SHOWN_MS);
  }

  warn(text: string): void {
    const refused = this.root.querySelector<HTMLElement>("[data-refusal]");
    const done = this.root.querySelector<HTMLElement>("[data-done]");
    if (done) done.hidden = true;
    if (!refused) return;
    refused.textContent = text;
    refused.hidden = false;
    window.clearTimeout(this.hiding);
    this.hiding = window.setTimeout(() => (refused.hidden = true), SHOWN_MS * 2);
  }

  private get workshop(): string {
    return this.root.querySelector<HTMLElement>("[data-console-state]")?.dataset["workshop"] ?? "";
  }

  private async post(data: FormData, form?: HTMLFormElement): Promise<Refusal | null> {
    const token = this.root.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value;
    data.set("csrfmiddlewaretoken", token ?? "");
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: data,
      });
      if (answer.ok) {
        const said = (await answer.json()) as { done: string };
        this.say(said.done);
        const keepsPicked = ["undo", "add_minutes", "say", "change_phase"];
        if (!keepsPicked.includes(String(data.get("move")))) this.picked.clear();
        if (form) this.clear(form);
        await this.refresh();
        return null;
      }
      const refusal = (await answer.json()) as Refusal;
      this.warn(refusal.message);
      return refusal;
    } catch {
      const message = this.root.dataset["sayLost"] ?? "";
      this.warn(message);
      return { message, fields: {} };
    }
  }

  private get address(): string {
    const form = this.root.querySelector<HTMLFormElement>("form[data-move]");
    return form?.getAttribute("action") ?? location.pathname;
  }

  private refuse(form: HTMLFormElement, refusal: Refusal): void {
    const inDetail = form.closest("[data-detail]")?.querySelector("[data-detail-refusal]");
    if (inDetail) {
      const said = document.createElement("p");
      said.className = "console-notice console-notice--refused";
      said.setAttribute("role", "alert");
      said.textContent = refusal.message;
      inDetail.replaceChildren(said);
    }
    const first = Object.keys(refusal.fields)[0];
    if (first) form.querySelector<HTMLElement>(`[name="${CSS.escape(first)}"]`)?.focus();
  }

  private clear(form: HTMLFormElement): void {
    form.closest<HTMLDialogElement>("dialog")?.close();
    form.reset();
    const id = form.querySelector<HTMLInputElement>("[data-new-id]");
    if (id) {
      id.value = uuidv7();
      form.querySelector("textarea")?.focus();
    }
  }
}
