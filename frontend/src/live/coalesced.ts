// Work that is asked for often, and done no more than it takes.

/** Run `work` at once, then at most once more for all that is asked while it runs. */
export function coalesced(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  return async function run(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      try {
        do {
          again = false;
          await work();
        } while (again);
      } finally {
        // At once: whoever asks next must not join a run that looks no more.
        running = null;
      }
    })();
    return running;
  };
}
