// Keeps the phone's page and what it is made of, so that a reload without network opens it and
// its outbox. It never answers for what is sent, and never keeps what is not the phone's page.
const KEPT = "fabrique-phone-1";
const PATIENCE_MS = 4_000;

interface Lifetime extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Message extends Lifetime {
  readonly data: { keep?: string[] };
}

interface Worker {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(name: "install" | "activate", act: (event: Lifetime) => void): void;
  addEventListener(name: "fetch", act: (event: Fetching) => void): void;
  addEventListener(name: "message", act: (event: Message) => void): void;
}

const worker = self as unknown as Worker;
const PHONE_PAGE = /^\/salle\/[A-Za-z0-9]{6}\/$/;
const OUR_FILES = /^\/static\/(fabrique|kit)\//;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => {
  event.waitUntil(forgetFormer().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate" && PHONE_PAGE.test(address.pathname)) {
    event.respondWith(page(request, address.pathname));
  } else if (OUR_FILES.test(address.pathname)) {
    event.respondWith(file(request, event));
  }
});

// The first page was loaded before this worker was there: it says what it is made of.
worker.addEventListener("message", (event) => {
  const wanted = (event.data.keep ?? []).filter((path) => PHONE_PAGE.test(path) || OUR_FILES.test(path));
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(wanted)));
});

async function forgetFormer(): Promise<void> {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
}

/** The network's page, or the kept one when the network is away or too slow. */
async function page(request: Request, path: string): Promise<Response> {
  const kept = await caches.open(KEPT);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok && !answer.redirected && answer.type === "basic") await kept.put(path, answer.clone());
    return answer;
  } catch {
    return (await kept.match(path)) ?? Response.error();
  }
}

/** The kept file at once, and a fresh one for next time. */
async function file(request: Request, event: Fetching): Promise<Response> {
  const kept = await caches.open(KEPT);
  const found = await kept.match(request);
  const fresh = fetch(request).then(async (answer) => {
    if (answer.ok) await kept.put(request, answer.clone());
    return answer;
  });
  if (!found) return fresh;
  (event as unknown as Lifetime).waitUntil(fresh.catch(() => undefined));
  return found;
}
