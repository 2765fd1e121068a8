// Hears that something lies after number N, and nothing more. Where the stream is blocked or
// held back by a proxy, the same numbers are asked for from time to time.

export interface Numbers {
  room: number;
  phones: number;
}

export interface Doorbell {
  close(): void;
}

const SILENCE_MS = 40_000;
const POLL_MS = 4_000;

export function listen(
  streamUrl: string,
  numbersUrl: string,
  onRing: (numbers: Numbers) => void,
  onLine: (connected: boolean) => void = () => undefined,
): Doorbell {
  let heard = Date.now();
  let streaming = false;
  let closed = false;
  const source = new EventSource(streamUrl);

  const ring = (numbers: Numbers): void => {
    heard = Date.now();
    onRing(numbers);
  };
  source.onopen = () => {
    heard = Date.now();
  };
  source.onmessage = (event: MessageEvent<string>) => {
    streaming = true;
    onLine(true);
    ring(JSON.parse(event.data) as Numbers);
  };
  source.onerror = () => {
    streaming = false;
    onLine(false);
  };

  const poll = async (): Promise<void> => {
    const isQuiet = Date.now() - heard > SILENCE_MS;
    if (closed || (streaming && !isQuiet)) return;
    try {
      const answer = await fetch(numbersUrl, { headers: { Accept: "application/json" } });
      if (answer.ok) {
        onLine(true);
        ring((await answer.json()) as Numbers);
      }
    } catch {
      onLine(false);
    }
  };
  const timer = window.setInterval(() => void poll(), POLL_MS);

  return {
    close() {
      closed = true;
      source.close();
      window.clearInterval(timer);
    },
  };
}
