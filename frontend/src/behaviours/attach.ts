// Attaches behaviours to elements by attribute, now and whenever htmx brings new ones.

type Attach<T extends Element> = (element: T) => void;

const attached = new WeakMap<Element, Set<string>>();

function once<T extends Element>(element: T, selector: string, attach: Attach<T>): void {
  const done = attached.get(element) ?? new Set<string>();
  if (done.has(selector)) return;
  done.add(selector);
  attached.set(element, done);
  attach(element);
}

/** Run `attach` once on each element matching `selector`, present or to come. */
export function behaviour<T extends Element>(selector: string, attach: Attach<T>): void {
  const scan = (root: ParentNode): void => {
    for (const found of root.querySelectorAll<T>(selector)) once(found, selector, attach);
  };
  scan(document);
  document.addEventListener("htmx:load", (event) => {
    const root = event.target;
    if (!(root instanceof Element)) return;
    if (root.matches(selector)) once(root as T, selector, attach);
    scan(root);
  });
}
