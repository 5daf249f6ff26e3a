// The phase plane: two signals against each other, the latest way the strongest.
import { colour, create, element, onColours, say } from "../dom";
import type { RhythmScene } from "../scene";
import type { History } from "./history";

const height = 260;
const margin = 12;
const shades = 8;

export class Plane {
  private readonly canvas = element<HTMLCanvasElement>("plane");
  private readonly screen = this.canvas.getContext("2d")!;
  private readonly selects: [HTMLSelectElement, HTMLSelectElement];
  private readonly names: string[];
  private inks = { line: "", dot: "", grid: "", soft: "" };

  constructor(scene: RhythmScene) {
    this.names = scene.groups.flatMap(group => group.signals);
    this.selects = [element<HTMLSelectElement>("plane-x"), element<HTMLSelectElement>("plane-y")];
    this.selects.forEach((select, axis) => {
      let at = 0;
      select.append(...scene.groups.map(group => create("optgroup", { label: group.name },
        ...group.signals.map(name => create("option", { value: String(at++) }, name)))));
      select.value = String(scene.plane[axis]);
      select.addEventListener("change", () => this.tell());
    });
    this.tell();
    onColours(() => { this.inks = { line: colour("blue"), dot: colour("target"), grid: colour("grid-strong"), soft: colour("soft") }; });
  }

  draw(history: History): void {
    const width = Math.max(160, this.canvas.clientWidth), scale = devicePixelRatio;
    if (this.canvas.width !== Math.round(width * scale) || this.canvas.height !== Math.round(height * scale)) {
      [this.canvas.width, this.canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
    }
    const [x, y] = this.selects.map(select => history.signal(Number(select.value)));
    const [xs, ys] = [bounds(x), bounds(y)];
    const screen = this.screen;
    screen.setTransform(scale, 0, 0, scale, 0, 0);
    screen.clearRect(0, 0, width, height);
    const px = (value: number) => margin + (value - xs[0]) / (xs[1] - xs[0]) * (width - 2 * margin);
    const py = (value: number) => height - margin - (value - ys[0]) / (ys[1] - ys[0]) * (height - 2 * margin);
    screen.strokeStyle = this.inks.grid;
    screen.lineWidth = 1;
    screen.beginPath();
    if (xs[0] < 0 && xs[1] > 0) {
      screen.moveTo(px(0), margin);
      screen.lineTo(px(0), height - margin);
    }
    if (ys[0] < 0 && ys[1] > 0) {
      screen.moveTo(margin, py(0));
      screen.lineTo(width - margin, py(0));
    }
    screen.stroke();
    screen.strokeStyle = this.inks.line;
    screen.lineWidth = 1.6;
    for (let shade = 0; shade < shades; shade++) {
      screen.globalAlpha = (shade + 1) / shades;
      this.way(x, y, px, py, Math.floor(x.length * shade / shades), Math.floor(x.length * (shade + 1) / shades));
    }
    const last = x.length - 1;
    if (Number.isFinite(x[last]) && Number.isFinite(y[last])) {
      screen.fillStyle = this.inks.dot;
      screen.beginPath();
      screen.arc(px(x[last]), py(y[last]), 4.5, 0, 2 * Math.PI);
      screen.fill();
    }
    for (const [id, [low, high]] of [["plane-x-range", xs], ["plane-y-range", ys]] as const) {
      say(element(id), `${low.toPrecision(3)} to ${high.toPrecision(3)}`);
    }
  }

  private way(x: number[], y: number[], px: (value: number) => number, py: (value: number) => number, from: number, to: number): void {
    this.screen.beginPath();
    let pen = false;
    for (let k = Math.max(0, from - 1); k < to; k++) {
      const known = Number.isFinite(x[k]) && Number.isFinite(y[k]);
      if (known && pen) {
        this.screen.lineTo(px(x[k]), py(y[k]));
      } else if (known) {
        this.screen.moveTo(px(x[k]), py(y[k]));
      }
      pen = known;
    }
    this.screen.stroke();
  }

  private tell(): void {
    const [x, y] = this.selects.map(select => this.names[Number(select.value)]);
    this.canvas.setAttribute("aria-label", `Phase plane: ${y} over ${x}`);
  }
}

/** Of the values that are known, with some room; never empty. */
function bounds(values: number[]): [number, number] {
  let low = Infinity, high = -Infinity;
  for (const value of values) {
    if (value < low) {
      low = value;
    }
    if (value > high) {
      high = value;
    }
  }
  if (!(low <= high)) {
    return [-1, 1];
  }
  const room = Math.max(1e-3, 0.04 * (high - low));
  return [low - room, high + room];
}
