// Leading a walker by a stick, and a rhythm by two sliders: what the hand on the page wants, as shares and factors.
import { element, say, show } from "../dom";
import type { Scene } from "../scene";
import type { Deadman } from "./deadman";

export class Leading {
  /** Shares of the largest speed forward and turn to the left, -1..1. */
  ahead = 0;
  left = 0;
  private readonly pad = element("stick");
  private readonly knob = element("stick-knob");
  private readonly frequency = element<HTMLInputElement>("frequency");
  private readonly amplitude = element<HTMLInputElement>("amplitude");

  constructor(scene: Scene, deadman: Deadman) {
    const operated = scene.control === "operated";
    show(element("motion-steering"), operated && scene.arm === null);
    show(this.pad, scene.walker !== null);
    show(element("factors"), scene.walker === null);
    this.pad.addEventListener("pointerdown", event => {
      if (event.button === 0 && !this.pad.classList.contains("disabled")) {
        this.pad.setPointerCapture(event.pointerId);
        this.point(event);
        deadman.press("stick");
      }
    });
    this.pad.addEventListener("pointermove", event => {
      if (this.pad.hasPointerCapture(event.pointerId)) {
        this.point(event);
      }
    });
    for (const over of ["pointerup", "pointercancel", "lostpointercapture"]) {
      this.pad.addEventListener(over, () => {
        this.set(0, 0);
        deadman.lift("stick");
      });
    }
    this.pad.addEventListener("contextmenu", event => event.preventDefault());
    for (const factor of [this.frequency, this.amplitude]) {
      factor.addEventListener("input", () => this.tell());
    }
    this.tell();
  }

  get factors(): { frequency: number; amplitude: number } {
    return { frequency: this.frequency.valueAsNumber, amplitude: this.amplitude.valueAsNumber };
  }

  enable(on: boolean): void {
    this.pad.classList.toggle("disabled", !on);
    this.frequency.disabled = this.amplitude.disabled = !on;
  }

  private point(event: PointerEvent): void {
    const box = this.pad.getBoundingClientRect();
    const bound = (share: number) => Math.max(-1, Math.min(1, share));
    this.set(bound(1 - 2 * (event.clientY - box.top) / box.height), bound(1 - 2 * (event.clientX - box.left) / box.width));
  }

  private set(ahead: number, left: number): void {
    [this.ahead, this.left] = [ahead, left];
    this.knob.style.transform = `translate(${(-44 * left).toFixed(0)}px, ${(-44 * ahead).toFixed(0)}px)`;
  }

  private tell(): void {
    say(element("frequency-value"), `${this.frequency.valueAsNumber.toFixed(2)} ×`);
    say(element("amplitude-value"), `${this.amplitude.valueAsNumber.toFixed(2)} ×`);
  }
}
