// Sends what the store keeps, one at a time and in order, until the server acknowledges it.
// Nothing leaves the store without an acknowledgement, or the hand of the person who wrote it.
import { coalesced } from "../live/coalesced";
import { newId } from "./identifier";
import type { Entry, State, Store } from "./store";

const FIRST_PAUSE_MS = 800;
const LONGEST_PAUSE_MS = 20_000;
const GIVE_UP_MS = 15_000;

interface Answer {
  code?: string;
  message?: string;
}

export type Listener = (sent: Entry | null) => void;

export class Outbox {
  private timer = 0;
  private failures = 0;

  constructor(
    private readonly store: Store,
    private readonly room: string,
    private readonly sendUrl: string,
    private readonly changed: Listener,
  ) {}

  /** Keep an entry, then send. The answer says whether it outlives the page. */
  async add(entry: Entry): Promise<boolean> {
    const isKept = await this.store.put(entry);
    this.changed(null);
    void this.flush();
    return isKept;
  }

  async entries(): Promise<Entry[]> {
    return this.store.of(this.room);
  }

  async take(entry: Entry): Promise<void> {
    await this.store.remove(entry.id);
    this.changed(null);
  }

  /** A workshop opened, or the person is back in the room: what was turned away goes again. */
  async wake(): Promise<void> {
    for (const entry of await this.entries()) {
      if (entry.state === "closed" || entry.state === "away") {
        await this.store.put({ ...entry, state: "waiting" });
      }
    }
    await this.flush();
  }

  /** What is added while the last entry leaves goes too: asked again, it looks again. */
  readonly flush = coalesced(async () => {
    window.clearTimeout(this.timer);
    for (;;) {
      const next = (await this.entries()).find((entry) => entry.state === "waiting");
      if (!next) return;
      if (!(await this.send(next))) return this.later();
    }
  });

  private later(): void {
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.failures);
    this.failures += 1;
    this.timer = window.setTimeout(() => void this.flush(), pause * (0.5 + Math.random()));
  }

  /** False when it is worth trying again by itself. */
  private async send(entry: Entry): Promise<boolean> {
    let response: Response;
    try {
      response = await this.post(entry);
    } catch {
      return this.keep(entry, "waiting", "");
    }
    if (response.ok) {
      this.failures = 0;
      await this.store.remove(entry.id);
      this.changed(entry);
      return true;
    }
    const answer = await readAnswer(response);
    if (answer.code === "identifier_taken") return this.rename(entry);
    if (response.status === 409) return !(await this.keep(entry, "closed", answer.message ?? ""));
    if (response.status === 403) return !(await this.keep(entry, "away", answer.message ?? ""));
    if (response.status === 422) return !(await this.keep(entry, "refused", answer.message ?? ""));
    return this.keep(entry, "waiting", "");
  }

  private post(entry: Entry): Promise<Response> {
    const body = new URLSearchParams(entry.fields);
    body.set("id", entry.id);
    return fetch(this.sendUrl, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      signal: AbortSignal.timeout(GIVE_UP_MS),
      redirect: "error",
    });
  }

  private async keep(entry: Entry, state: State, message: string): Promise<false> {
    await this.store.put({ ...entry, state, message, tries: entry.tries + 1 });
    this.changed(null);
    return false;
  }

  private async rename(entry: Entry): Promise<boolean> {
    await this.store.put({ ...entry, id: newId() });
    await this.store.remove(entry.id);
    return true;
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  try {
    return (await response.json()) as Answer;
  } catch {
    return {};
  }
}

/** The cookie's own token: a page kept by the service worker holds an old one. */
function csrfToken(): string {
  const found = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return found?.[1] ?? document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
}
