// Shows what is still on the phone, each with its state and what to do about it.
import type { Entry } from "./store";
import type { Outbox } from "./outbox";

type Words = DOMStringMap;

export function showOutbox(
  list: HTMLElement,
  entries: Entry[],
  outbox: Outbox,
  words: Words,
  takeBack: (entry: Entry) => boolean,
): void {
  list.hidden = entries.length === 0;
  const items = document.createElement("ol");
  for (const entry of entries) items.append(item(entry, outbox, words, takeBack));
  list.replaceChildren(items);
}

function item(
  entry: Entry,
  outbox: Outbox,
  words: Words,
  takeBack: (entry: Entry) => boolean,
): HTMLLIElement {
  const line = document.createElement("li");
  line.className = "said";
  line.dataset["pending"] = entry.id;
  line.append(paragraph("said__text", entry.text), paragraph("said__state", stateOf(entry, words)));
  const actions = document.createElement("div");
  actions.className = "outbox__actions";
  if (entry.state !== "waiting" && entry.text) {
    actions.append(
      button(words["sayTake"] ?? "", () => {
        if (takeBack(entry)) void outbox.take(entry);
      }),
      button(words["sayCopy"] ?? "", () => void navigator.clipboard?.writeText(entry.text)),
    );
  }
  if (entry.state === "away") {
    const join = document.createElement("a");
    join.className = "button button--primary button--small";
    join.href = words["join"] ?? "/r/";
    join.textContent = words["sayJoin"] ?? "";
    actions.append(join);
  }
  if (actions.childElementCount) line.append(actions);
  return line;
}

function stateOf(entry: Entry, words: Words): string {
  const said: Record<Entry["state"], string | undefined> = {
    waiting: entry.tries ? words["sayKept"] : words["sayHere"],
    closed: words["sayClosed"],
    away: words["sayAway"],
    refused: entry.message,
    unsent: words["sayUnsent"],
  };
  return said[entry.state] ?? "";
}

function paragraph(name: string, text: string): HTMLParagraphElement {
  const made = document.createElement("p");
  made.className = name;
  made.textContent = text;
  return made;
}

function button(label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--secondary button--small";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}
