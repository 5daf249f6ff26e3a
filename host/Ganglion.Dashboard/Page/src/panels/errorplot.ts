// How far the tip is from its target, over the last half minute.
import uPlot from "uplot";
import { colour, element, onColours } from "../dom";
import type { Status } from "../status";

const seconds = 30;
const every = 0.05;

export class ErrorPlot {
  private readonly where = element("error-plot");
  private plot: uPlot | null = null;
  private readonly times: number[] = [];
  private readonly errors: (number | null)[] = [];
  private changed = false;

  constructor() {
    onColours(() => this.build());
    new ResizeObserver(() => this.plot?.setSize(this.size())).observe(this.where);
  }

  take(now: number, status: Status): void {
    const last = this.times.at(-1) ?? -Infinity;
    if (now < last) {
      [this.times.length, this.errors.length] = [0, 0];
    } else if (now - last < every) {
      return;
    }
    this.times.push(now);
    this.errors.push(status.error === null ? null : 1000 * status.error);
    const old = this.times.findIndex(time => time > now - seconds);
    this.times.splice(0, old);
    this.errors.splice(0, old);
    this.changed = true;
  }

  draw(): void {
    if (this.changed) {
      this.changed = false;
      const now = this.times.at(-1) ?? 0;
      this.plot?.setData([this.times.map(time => time - now), this.errors] as uPlot.AlignedData, true);
    }
  }

  private size(): { width: number; height: number } {
    return { width: Math.max(120, this.where.clientWidth), height: 130 };
  }

  private build(): void {
    this.plot?.destroy();
    const axis = { stroke: colour("soft"), grid: { stroke: colour("grid"), width: 1 }, ticks: { show: false },
      font: "11px system-ui, sans-serif" };
    this.plot = new uPlot({
      ...this.size(),
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, range: [-seconds, 0] }, y: { range: (_plot, _low, high) => [0, Math.max(1, 1.1 * (high || 0))] } },
      axes: [{ ...axis, values: (_plot, ticks) => ticks.map(tick => `${tick} s`), size: 24 },
        { ...axis, values: (_plot, ticks) => ticks.map(tick => `${tick}`), size: 44 }],
      series: [{}, { stroke: colour("orange"), width: 1.6, spanGaps: false, points: { show: false } }],
    }, [[], []], this.where);
    this.changed = true;
  }
}
