// Spikes: the latest run of the network, a column a step; how often each neuron spiked in each run, a column a run; and how far each
// neuron's threshold has risen. A row is a neuron.
import { colour, element, onColours, say, show } from "../dom";
import { Section, type Frame } from "../frame";

const columns = 240;

/** Between runs that are drawn whole, ms: nobody reads them faster. */
const runPeriod = 100;

export class Raster {
  private readonly canvas = element<HTMLCanvasElement>("raster");
  private readonly screen = this.canvas.getContext("2d", { alpha: false })!;
  private readonly ring = document.createElement("canvas");
  private readonly memory: CanvasRenderingContext2D;
  private readonly column: ImageData;
  private readonly thresholdCanvas = element<HTMLCanvasElement>("thresholds");
  private readonly thresholdScreen = this.thresholdCanvas.getContext("2d", { alpha: false })!;
  private readonly thresholdColumn: ImageData;
  private readonly runCanvas = element<HTMLCanvasElement>("run");
  private readonly runScreen = this.runCanvas.getContext("2d", { alpha: false })!;
  private runPixels: ImageData | null = null;
  private runAt = 0;
  private readonly rate = element("spike-rate");
  private readonly runSteps = element("run-steps");
  private at = 0;
  private meanSpikes = 0;
  private ink = [0, 0, 0];
  private paper = [255, 255, 255];
  private warm = [200, 90, 30];

  constructor(private readonly neurons: number) {
    show(element("neurons-panel"), neurons > 0);
    const rows = Math.max(1, neurons);
    [this.ring.width, this.ring.height] = [columns, rows];
    [this.canvas.width, this.canvas.height] = [columns, rows];
    [this.thresholdCanvas.width, this.thresholdCanvas.height] = [1, rows];
    this.memory = this.ring.getContext("2d", { alpha: false })!;
    this.column = this.memory.createImageData(1, rows);
    this.thresholdColumn = this.thresholdScreen.createImageData(1, rows);
    say(element("neurons-count"), String(neurons));
    onColours(() => this.recolour());
  }

  take(frame: Frame): void {
    const spikes = frame.part(Section.Spikes);
    if (!spikes || spikes.count !== this.neurons) {
      return;
    }
    let sum = 0;
    const pixels = this.column.data;
    for (let i = 0; i < this.neurons; i++) {
      const count = spikes.bytes[i];
      sum += count;
      this.shade(pixels, i, Math.min(1, count / 4 + (count > 0 ? 0.25 : 0)), this.ink);
    }
    this.memory.putImageData(this.column, this.at, 0);
    this.at = (this.at + 1) % columns;
    this.meanSpikes += 0.05 * (sum / this.neurons - this.meanSpikes);
    if (performance.now() - this.runAt > runPeriod) {
      this.takeRun(frame);
    }
    const thresholds = frame.part(Section.Thresholds);
    if (thresholds && thresholds.count === this.neurons) {
      let most = -Infinity, least = Infinity;
      for (const value of thresholds.numbers) {
        [most, least] = [Math.max(most, value), Math.min(least, value)];
      }
      const range = Math.max(1e-6, most - least);
      for (let i = 0; i < this.neurons; i++) {
        this.shade(this.thresholdColumn.data, i, (thresholds.numbers[i] - least) / range, this.warm);
      }
      this.thresholdScreen.putImageData(this.thresholdColumn, 0, 0);
    }
  }

  /** The newest column is on the right. */
  draw(): void {
    const old = columns - this.at;
    this.screen.drawImage(this.ring, this.at, 0, old, this.canvas.height, 0, 0, old, this.canvas.height);
    if (this.at > 0) {
      this.screen.drawImage(this.ring, 0, 0, this.at, this.canvas.height, old, 0, this.at, this.canvas.height);
    }
    say(this.rate, this.meanSpikes.toFixed(2));
  }

  /** The latest run: a bit a neuron and step. */
  private takeRun(frame: Frame): void {
    const run = frame.part(Section.Run);
    if (!run || run.count === 0) {
      return;
    }
    this.runAt = performance.now();
    const steps = run.count, row = run.bytes.length / steps;
    if (this.runPixels?.width !== steps) {
      [this.runCanvas.width, this.runCanvas.height] = [steps, this.neurons];
      this.runPixels = this.runScreen.createImageData(steps, this.neurons);
    }
    const pixels = new Uint32Array(this.runPixels.data.buffer), [ink, paper] = [word(this.ink), word(this.paper)];
    for (let i = 0; i < this.neurons; i++) {
      for (let step = 0; step < steps; step++) {
        pixels[i * steps + step] = run.bytes[step * row + (i >> 3)] >> (i & 7) & 1 ? ink : paper;
      }
    }
    this.runScreen.putImageData(this.runPixels, 0, 0);
    say(this.runSteps, String(steps));
  }

  private shade(pixels: Uint8ClampedArray, pixel: number, share: number, ink: number[]): void {
    for (let c = 0; c < 3; c++) {
      pixels[4 * pixel + c] = this.paper[c] + share * (ink[c] - this.paper[c]);
    }
    pixels[4 * pixel + 3] = 255;
  }

  private recolour(): void {
    [this.ink, this.paper, this.warm] = [rgb(colour("ink")), rgb(colour("plot")), rgb(colour("orange"))];
    for (const screen of [this.memory, this.runScreen, this.thresholdScreen]) {
      screen.fillStyle = colour("plot");
      screen.fillRect(0, 0, screen.canvas.width, screen.canvas.height);
    }
  }
}

/** A pixel as it lies in memory, on every machine that a browser runs on: red lowest. */
const word = ([red, green, blue]: number[]): number => (0xff000000 | blue << 16 | green << 8 | red) >>> 0;

/** Of #rgb or #rrggbb. */
function rgb(text: string): number[] {
  const wide = text.length === 4 ? [...text.slice(1)].map(c => c + c).join("") : text.slice(1);
  return [0, 2, 4].map(i => parseInt(wide.slice(i, i + 2), 16));
}
