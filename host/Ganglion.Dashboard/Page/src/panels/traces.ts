// Numbers over the last seconds, as lines; what is drawn is told below by name and colour.
import uPlot from "uplot";
import { colour, create, onColours } from "../dom";

export interface Line {
  name: string;
  /** Of the page's sheet. */
  colour: string;
  dash?: number[];
}

export interface TracesOptions {
  seconds: number;
  height: number;
  /** A larger step is no way: the value began anew, as a phase does. */
  wraps?: number;
  /** How a moment is written, s before now. */
  moment?: (seconds: number) => string;
  /** Bounds of the values for those that are there. */
  range: (low: number, high: number) => [number, number];
}

/** Between two points of a line, s. */
const every = 0.04;

/** A longer pause is a gap: nothing is known in between. */
const gap = 1;

export class Traces {
  private plot: uPlot | null = null;
  private readonly times: number[] = [];
  private readonly values: (number | null)[][];
  private readonly canvas = create("div", { "aria-hidden": "true" });
  private changed = false;

  constructor(where: HTMLElement, private readonly lines: Line[], private readonly options: TracesOptions) {
    this.values = lines.map(() => []);
    where.append(this.canvas);
    if (lines.length > 1) {
      where.append(create("p", { class: "legend soft" }, ...lines.map(line =>
        create("span", { class: "key", "data-colour": line.colour, "data-dash": line.dash ? "yes" : "no" }, line.name))));
    }
    onColours(() => this.build());
    new ResizeObserver(() => this.plot?.setSize(this.size())).observe(this.canvas);
  }

  /** Adds a moment.
   *  @param now s; one that is before the last begins anew.
   *  @param values one a line; not finite or null: not known. */
  take(now: number, values: (number | null)[]): void {
    const last = this.times.at(-1) ?? -Infinity;
    if (now < last) {
      this.times.length = 0;
      this.values.forEach(line => { line.length = 0; });
    } else if (now - last < every) {
      return;
    } else if (now - last > gap && this.times.length > 0) {
      this.add(now, values.map(() => null));
    }
    const { wraps } = this.options;
    const before = this.values.map(line => line.at(-1) ?? null);
    if (wraps !== undefined && values.some((value, i) => value !== null && before[i] !== null && Math.abs(value - before[i]) > wraps)) {
      this.add(now, values.map((value, i) => value !== null && before[i] !== null && Math.abs(value - before[i]) > wraps ? null : value));
    }
    this.add(now, values);
    const old = this.times.findIndex(time => time > now - this.options.seconds);
    this.times.splice(0, old);
    this.values.forEach(line => line.splice(0, old));
    this.changed = true;
  }

  /** Shows these moments and no others.
   *  @param times s, rising.
   *  @param values one array a line. */
  set(times: number[], values: (number | null)[][]): void {
    this.times.splice(0, Infinity, ...times);
    values.forEach((line, i) => this.values[i].splice(0, Infinity, ...line));
    this.changed = true;
  }

  draw(): void {
    if (this.changed) {
      this.changed = false;
      const now = this.times.at(-1) ?? 0;
      this.plot?.setData([this.times.map(time => time - now), ...this.values] as uPlot.AlignedData, true);
    }
  }

  private add(now: number, values: (number | null)[]): void {
    this.times.push(now);
    values.forEach((value, i) => this.values[i].push(value !== null && Number.isFinite(value) ? value : null));
  }

  private size(): { width: number; height: number } {
    return { width: Math.max(120, this.canvas.clientWidth), height: this.options.height };
  }

  private build(): void {
    this.plot?.destroy();
    const axis = { stroke: colour("soft"), grid: { stroke: colour("grid"), width: 1 }, ticks: { show: false },
      font: "11px system-ui, sans-serif" };
    const { seconds, range, moment } = this.options;
    this.plot = new uPlot({
      ...this.size(),
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, range: [-seconds, 0] }, y: { range: (_plot, low, high) => range(low ?? 0, high ?? 0) } },
      axes: [{ ...axis, values: (_plot, ticks) => ticks.map(tick => moment ? moment(tick) : `${tick} s`), size: 24 },
        { ...axis, values: (_plot, ticks) => ticks.map(tick => `${tick}`), size: 44 }],
      series: [{}, ...this.lines.map(line => ({ stroke: colour(line.colour), width: 1.6, dash: line.dash, spanGaps: false,
        points: { show: false } }))],
    }, [[], ...this.lines.map(() => [])], this.canvas);
    this.changed = true;
  }
}

/** From 0 to somewhat above the largest. */
export const fromZero = (least: number) => (_low: number, high: number): [number, number] => [0, Math.max(least, 1.1 * high)];

/** Somewhat beyond both ends. */
export const aroundAll = (least: number) => (low: number, high: number): [number, number] => {
  const more = Math.max(least, 0.06 * (high - low));
  return [low - more, high + more];
};

/** Somewhat beyond both ends, and 0 among them. */
export const aroundZero = (least: number) => (low: number, high: number): [number, number] =>
  [Math.min(-least, 1.1 * low), Math.max(least, 1.1 * high)];
