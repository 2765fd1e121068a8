// Names what is sent, on the phone. Where people are known it sorts by time; where nobody is, it
// says nothing of when it was made.
import { uuidv7 } from "uuidv7";

export function newId(): string {
  const room = document.querySelector<HTMLElement>("[data-phone]");
  return room?.dataset["identity"] === "anonymous" ? uuidv4() : uuidv7();
}

/** By hand: `crypto.randomUUID` is not there on pages served without TLS. */
function uuidv4(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
