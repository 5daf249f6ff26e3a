// What happened, in words, with what to do. Frames say the number of the newest event; the words are fetched when it changes.
import { create, element, say, show } from "../dom";

interface Event { number: number; seconds: number; who: string; kind: "info" | "warning" | "fault"; words: string; }

const most = 200;

export class Events {
  private newest = 0;
  private asking = false;
  private stale = false;
  private readonly list = element("events");

  /** @param jump Goes to a moment of a recording, s; null: it is none, and moments are times of day. */
  constructor(private readonly jump: ((seconds: number) => void) | null) {
    if (jump) {
      say(element("events-empty"), "Nothing was written down.");
    }
  }

  /** The link was down: perhaps another program answers now, which counts from its own beginning. What is listed stays until it
   *  does. */
  restart(): void {
    [this.newest, this.stale] = [0, true];
  }

  /** @param number of the newest event that the host has. */
  async take(number: number): Promise<void> {
    if (number === this.newest || this.asking) {
      return;
    }
    this.asking = true;
    try {
      const answer = await fetch(`events?after=${this.newest}`);
      if (answer.ok) {
        if (this.stale) {
          this.stale = false;
          this.list.replaceChildren();
        }
        for (const event of await answer.json() as Event[]) {
          this.add(event);
        }
      }
    } catch {
      // The link is down; the connection says so, and the next frame asks again.
    } finally {
      this.asking = false;
    }
  }

  private add(event: Event): void {
    this.newest = event.number;
    this.list.prepend(create("li", { class: event.kind }, this.moment(event.seconds), create("b", {}, event.who), " ", event.words));
    if (this.list.childElementCount > most) {
      this.list.lastElementChild?.remove();
    }
    show(element("events-empty"), false);
  }

  private moment(seconds: number): HTMLElement {
    if (!this.jump) {
      return create("time", {}, new Date(1000 * seconds).toLocaleTimeString([], { hourCycle: "h23" }));
    }
    const button = create("button", { class: "quiet", type: "button", title: "Go there" }, `${seconds.toFixed(1)} s`);
    button.addEventListener("click", () => this.jump!(seconds));
    return button;
  }
}
