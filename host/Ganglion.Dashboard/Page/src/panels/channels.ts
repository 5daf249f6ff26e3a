// Every channel: where it is between its limits, and a slider to move it alone.
import { create, element, say, show } from "../dom";
import { Section, type Frame } from "../frame";
import type { Limits, Scene } from "../scene";

export class Channels {
  /** The person moves one channel by its slider; null: lets go. */
  onSlide: (channel: number, value: number | null) => void = () => {};
  private readonly sliders: HTMLInputElement[] = [];
  private readonly bars: HTMLElement[] = [];
  private readonly numbers: HTMLElement[] = [];
  private sliding = -1;
  /** A key is down on a slider, or a pointer: it is held. */
  private pressed = false;

  constructor(private readonly scene: Scene) {
    const body = element("channels");
    scene.channels.forEach((channel, i) => body.append(this.row(channel, i)));
    say(element("channels-count"), String(scene.channels.length));
    element("channels-table").classList.toggle("watch", !this.slides);
    show(element("channels-how"), this.slides);
  }

  /** Gears of an arm that people operate can be moved alone; joints of what a board moves cannot. */
  private get slides(): boolean {
    return this.scene.control === "operated" && this.scene.arm !== null;
  }

  take(frame: Frame): void {
    const told = frame.part(Section.Channels);
    if (!told) {
      return;
    }
    const count = Math.min(told.count, this.bars.length);
    for (let i = 0; i < count; i++) {
      const value = told.numbers[i];
      const { unit, scale, low, high } = this.scene.channels[i];
      if (!Number.isFinite(value)) {
        say(this.numbers[i], "–");
        continue;
      }
      this.bars[i].style.transform = `scaleX(${Math.max(0, Math.min(1, value)).toFixed(4)})`;
      this.bars[i].classList.toggle("at-limit", value <= low + 0.002 || value >= high - 0.002);
      say(this.numbers[i], `${(value * scale).toFixed(scale >= 100 ? 1 : 2)} ${unit}`);
      if (this.sliding !== i) {
        this.sliders[i].value = String(value);
      }
    }
  }

  enable(on: boolean): void {
    if (!on) {
      // A slider that is disabled is not told any more that it was let go of.
      this.end();
    }
    for (const slider of this.sliders) {
      slider.disabled = !on;
    }
    show(element("channels-hint"), !on && this.slides);
  }

  private end(): void {
    this.pressed = false;
    if (this.sliding >= 0) {
      const was = this.sliding;
      this.sliding = -1;
      this.onSlide(was, null);
    }
  }

  private row(channel: Limits, index: number): HTMLElement {
    const slider = create("input", { type: "range", min: String(channel.low), max: String(channel.high), step: "0.001",
      "aria-label": `${channel.name}: hold and move it alone`, disabled: "" });
    const bar = create("span", { class: "bar" });
    const low = create("span", { class: "limit low" });
    const high = create("span", { class: "limit high" });
    low.style.width = `${100 * channel.low}%`;
    high.style.width = `${100 * (1 - channel.high)}%`;
    const number = create("td", { class: "number" });
    slider.addEventListener("input", () => {
      if (this.pressed) {
        this.sliding = index;
        this.onSlide(index, Number(slider.value));
      }
    });
    for (const down of ["pointerdown", "keydown"]) {
      slider.addEventListener(down, () => { this.pressed = true; });
    }
    for (const over of ["pointerup", "pointercancel", "keyup", "blur"]) {
      slider.addEventListener(over, () => this.end());
    }
    this.sliders.push(slider);
    this.bars.push(bar);
    this.numbers.push(number);
    return create("tr", {},
      create("th", { scope: "row" }, channel.name),
      create("td", {}, create("span", { class: "gauge" }, low, high, bar)),
      number,
      create("td", {}, slider));
  }
}
