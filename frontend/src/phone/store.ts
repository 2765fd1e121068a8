// What is kept on the phone until the server says it has it: a table in IndexedDB, or, where
// the browser refuses one (private window, full disk), the memory of the open page.
import { openDB, type IDBPDatabase } from "idb";

export type State = "waiting" | "closed" | "away" | "refused" | "unsent";

export interface Entry {
  id: string;
  room: string;
  holder: string;
  kind: string;
  writtenAt: number;
  workshop: string;
  fields: [string, string][];
  text: string;
  state: State;
  message: string;
  tries: number;
}

const TABLE = "entries";
/** Some browsers leave a table unopened without a word: what is written leaves all the same. */
const PATIENCE_MS = 3_000;

export class Store {
  private memory = new Map<string, Entry>();

  private database: IDBPDatabase | null = null;

  /** With its table, unless that is refused or slow to come: it is then taken up when it comes. */
  static async open(): Promise<Store> {
    const store = new Store();
    await Promise.race([
      store.take(),
      new Promise((done) => window.setTimeout(done, PATIENCE_MS)),
    ]);
    return store;
  }

  private async take(): Promise<void> {
    try {
      this.database = await openDB("fabrique-outbox", 1, {
        upgrade: (fresh) => void fresh.createObjectStore(TABLE, { keyPath: "id" }),
      });
    } catch {
      // Refused: the memory of the page does.
    }
  }

  /** Whether the entry outlives the page. */
  async put(entry: Entry): Promise<boolean> {
    try {
      if (!this.database) throw new Error("no database");
      await this.database.put(TABLE, entry);
      this.memory.delete(entry.id);
      return true;
    } catch {
      this.memory.set(entry.id, entry);
      return false;
    }
  }

  async remove(id: string): Promise<void> {
    this.memory.delete(id);
    try {
      await this.database?.delete(TABLE, id);
    } catch {
      // Sending it again is harmless: the server answers with the row it already has.
    }
  }

  /** The entries of a room, the oldest first. */
  async of(room: string): Promise<Entry[]> {
    let kept: Entry[] = [];
    try {
      kept = ((await this.database?.getAll(TABLE)) ?? []) as Entry[];
    } catch {
      kept = [];
    }
    const all = new Map(kept.map((entry) => [entry.id, entry]));
    for (const [id, entry] of this.memory) all.set(id, entry);
    return [...all.values()]
      .filter((entry) => entry.room === room)
      .sort((one, other) => one.writtenAt - other.writtenAt || (one.id < other.id ? -1 : 1));
  }
}
