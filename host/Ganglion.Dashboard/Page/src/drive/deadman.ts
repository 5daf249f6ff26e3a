// The deadman: nothing moves unless a button, a key, a finger or a gamepad's shoulder is held, and the window is in front.

export type Source = "button" | "key" | "handle" | "gamepad" | "slider" | "order";

export class Deadman {
  onChange: (held: boolean) => void = () => {};
  private readonly sources = new Set<Source>();

  constructor(button: HTMLElement) {
    holdable(button, held => this.set("button", held));
    addEventListener("keydown", event => {
      // On a button that is held itself Space means that button.
      if (event.code === "Space" && !isTyping(event.target) && !(event.target instanceof HTMLButtonElement && event.target !== button)) {
        event.preventDefault();
        this.set("key", true);
      }
    });
    addEventListener("keyup", event => {
      if (event.code === "Space") {
        if (!isTyping(event.target)) {
          event.preventDefault();
        }
        this.set("key", false);
      }
    });
    addEventListener("blur", () => this.release());
    addEventListener("pagehide", () => this.release());
    document.addEventListener("visibilitychange", () => { if (document.hidden) { this.release(); } });
  }

  get held(): boolean {
    return this.sources.size > 0;
  }

  set(source: Source, held: boolean): void {
    const before = this.held;
    if (held) {
      this.sources.add(source);
    } else {
      this.sources.delete(source);
    }
    if (this.held !== before) {
      this.onChange(this.held);
    }
  }

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

/** Tells while a button is held, by mouse, finger, or Space and Enter where it has the focus. */
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
    if ((event.code === "Space" || event.code === "Enter") && !event.repeat) {
      event.preventDefault();
      held(true);
    }
  });
  button.addEventListener("keyup", event => {
    if (event.code === "Space" || event.code === "Enter") {
      held(false);
    }
  });
  button.addEventListener("contextmenu", event => event.preventDefault());
}
