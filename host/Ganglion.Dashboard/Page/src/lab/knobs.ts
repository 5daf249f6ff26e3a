// The sliders of a shown rhythm. What a hand sets is sent; what the host has is shown, so that a setting that was refused goes back.
import type { Connection } from "../connection";
import { create, element } from "../dom";
import type { KnobScene } from "../scene";

/** Between two messages of one hand, ms. */
const period = 40;

/** So long after a hand was on a knob it does not follow the host, ms: what it set is on its way. */
const settles = 500;

const steps = 1000;

export class Knobs {
  private readonly knobs: Knob[];

  constructor(scene: KnobScene[], link: Connection) {
    this.knobs = scene.map(knob => knob.choices.length > 0 ? new Choice(knob, link) : new Slider(knob, link));
    element("knobs").append(...this.knobs.map(knob => knob.row));
  }

  take(values: number[], mine: boolean): void {
    this.knobs.forEach((knob, i) => {
      knob.enable(mine);
      knob.follow(values[i]);
    });
  }

  /** Sends at once what waits to be sent. */
  flush(): void {
    this.knobs.forEach(knob => knob.flush());
  }
}

abstract class Knob {
  abstract readonly row: HTMLElement;
  private touched = -Infinity;
  private waits: number | null = null;
  private sent = -Infinity;
  private timer = 0;

  constructor(protected readonly scene: KnobScene, private readonly link: Connection) {}

  abstract enable(on: boolean): void;

  follow(value: number): void {
    if (performance.now() - this.touched > settles) {
      this.show(value);
    }
  }

  protected abstract show(value: number): void;

  /** Sends the newest value, some 25 a second at most. */
  protected set(value: number): void {
    this.touched = performance.now();
    const first = this.waits === null;
    this.waits = value;
    if (first) {
      this.timer = setTimeout(() => this.flush(), Math.max(0, period - (performance.now() - this.sent)));
    }
  }

  /** Sends at once what waits. */
  flush(): void {
    if (this.waits !== null) {
      clearTimeout(this.timer);
      this.link.send({ t: "set", name: this.scene.id, value: this.waits });
      [this.waits, this.sent] = [null, performance.now()];
    }
  }
}

class Slider extends Knob {
  readonly row: HTMLElement;
  private readonly bar: HTMLInputElement;
  private readonly number: HTMLInputElement;

  constructor(scene: KnobScene, link: Connection) {
    super(scene, link);
    const id = `knob-${scene.id}`, unit = scene.unit ? `, ${scene.unit}` : "";
    this.bar = create("input", { id, type: "range", min: String(scene.low < 0 ? -steps : 0), max: String(steps), step: "1", disabled: "" });
    this.number = create("input", { id: `${id}-number`, type: "number", min: String(scene.low), max: String(scene.high), step: "any",
      "aria-label": `${scene.name} as a number${unit}`, disabled: "" });
    this.bar.addEventListener("input", () => {
      const value = Number(this.valueAt(this.bar.valueAsNumber / steps).toPrecision(4));
      this.set(value);
      this.write(value);
    });
    this.number.addEventListener("change", () => {
      if (Number.isFinite(this.number.valueAsNumber)) {
        this.set(this.number.valueAsNumber);
      }
    });
    const title = `${scene.meaning}: ${scene.low} to ${scene.high} ${scene.unit}`.trim();
    this.row = create("div", { class: "knob", title },
      create("label", { for: id }, scene.name), this.bar, this.number, create("span", { class: "soft" }, scene.unit));
  }

  enable(on: boolean): void {
    this.bar.disabled = this.number.disabled = !on;
  }

  protected show(value: number): void {
    if (document.activeElement !== this.number) {
      this.bar.value = String(Math.round(steps * this.wayTo(value)));
      this.write(value);
    }
  }

  private write(value: number): void {
    const text = String(Number(value.toPrecision(4))), told = `${text} ${this.scene.unit}`.trim();
    if (this.number.value !== text) {
      this.number.value = text;
    }
    if (this.bar.getAttribute("aria-valuetext") !== told) {
      this.bar.setAttribute("aria-valuetext", told);
    }
  }

  private valueAt(way: number): number {
    const { low, high, power } = this.scene;
    return low < 0 ? Math.sign(way) * high * Math.abs(way) ** power : low + (high - low) * way ** power;
  }

  private wayTo(value: number): number {
    const { low, high, power } = this.scene;
    return low < 0 ? Math.sign(value) * (Math.abs(value) / high) ** (1 / power) : ((value - low) / (high - low)) ** (1 / power);
  }
}

class Choice extends Knob {
  readonly row: HTMLElement;
  private readonly select: HTMLSelectElement;

  constructor(scene: KnobScene, link: Connection) {
    super(scene, link);
    const id = `knob-${scene.id}`;
    this.select = create("select", { id, disabled: "" }, ...scene.choices.map((name, i) => create("option", { value: String(i) }, name)));
    this.select.addEventListener("change", () => this.set(Number(this.select.value)));
    this.row = create("div", { class: "knob", title: scene.meaning }, create("label", { for: id }, scene.name), this.select);
  }

  enable(on: boolean): void {
    this.select.disabled = !on;
  }

  protected show(value: number): void {
    if (this.select.value !== String(value)) {
      this.select.value = String(value);
    }
  }
}
