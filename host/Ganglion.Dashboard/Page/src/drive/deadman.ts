// The deadman: nothing moves unless a button, a key, a finger or a gamepad's shoulder is held, and the window is in front. What was let go
// of for another reason, by a stop or because the window went behind others, counts again only once it is pressed anew.

export type Source = "button" | "key" | "handle" | "gamepad" | "slider" | "stick" | "order";

/** The key that is held to move. Space is none: it stops, here as in the terminal. */
const moveKey = "m";

export class Deadman {
  onChange: (held: boolean) => void = () => {};
  private readonly sources = new Set<Source>();
  /** Where on the keyboard the key is that is held. */
  private code = "";

  constructor(button: HTMLElement) {
    holdable(button, held => held ? this.press("button") : this.lift("button"));
    addEventListener("keydown", event => {
      if (event.key.toLowerCase() === moveKey && !event.repeat && !isTyping(event.target)
        && !event.ctrlKey && !event.metaKey && !event.altKey) {
        this.code = event.code;
        this.press("key");
      }
    });
    addEventListener("keyup", event => {
      if (event.code === this.code) {
        this.lift("key");
      }
    });
    addEventListener("blur", () => this.release());
    addEventListener("pagehide", () => this.release());
    document.addEventListener("visibilitychange", () => { if (document.hidden) { this.release(); } });
  }

  get held(): boolean {
    return this.sources.size > 0;
  }

  /** Something begins to be held. */
  press(source: Source): void {
    const before = this.held;
    this.sources.add(source);
    if (!before) {
      this.onChange(true);
    }
  }

  /** It is let go of. */
  lift(source: Source): void {
    if (this.sources.delete(source) && !this.held) {
      this.onChange(false);
    }
  }

  /** Nothing counts as held any more, whatever still is. */
  release(): void {
    const before = this.held;
    this.sources.clear();
    if (before) {
      this.onChange(false);
    }
  }
}

/** Whether keys go into a field and mean text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type !== "range" && target.type !== "button"
    || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Tells while a button is held, by mouse, finger, or Enter where it has the focus. */
export function holdable(button: HTMLElement, held: (held: boolean) => void): void {
  button.addEventListener("pointerdown", event => {
    if (event.button === 0) {
      button.setPointerCapture(event.pointerId);
      held(true);
    }
  });
  for (const over of ["pointerup", "pointercancel", "lostpointercapture", "blur"]) {
    button.addEventListener(over, () => held(false));
  }
  button.addEventListener("keydown", event => {
    if (event.code === "Enter" && !event.repeat) {
      event.preventDefault();
      held(true);
    }
  });
  button.addEventListener("keyup", event => {
    if (event.code === "Enter") {
      held(false);
    }
  });
  button.addEventListener("contextmenu", event => event.preventDefault());
}
