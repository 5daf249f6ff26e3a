// Small helpers for the document.

export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`the page has no element "${id}"`);
  }
  return found as T;
}

export function create<K extends keyof HTMLElementTagNameMap>(
  name: K, properties: Partial<Record<string, string>> = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    made.setAttribute(key, value ?? "");
  }
  made.append(...children);
  return made;
}

/** Sets a text only where it changes: the browser then has nothing to lay out. */
export function say(where: HTMLElement, text: string): void {
  if (where.textContent !== text) {
    where.textContent = text;
  }
}

export function show(what: HTMLElement, visible: boolean): void {
  if (what.hidden === visible) {
    what.hidden = !visible;
  }
}

export const millimetres = (metres: number, digits = 1): string =>
  Number.isFinite(metres) ? (1000 * metres).toFixed(digits) : "–";

export const degrees = (radians: number, digits = 1): string =>
  Number.isFinite(radians) ? (180 * radians / Math.PI).toFixed(digits) : "–";

/** A colour of the page's sheet, as it is in this light. */
export const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Calls back now and whenever the colours change. */
export function onColours(change: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", change);
  new MutationObserver(change).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  change();
}
