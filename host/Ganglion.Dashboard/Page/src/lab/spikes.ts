// The raster of a shown rhythm: a row a cell, time to the right, a mark where it spiked.
import { colour, element, onColours, say, show } from "../dom";
import type { RhythmScene } from "../scene";
import type { History } from "./history";

const most = 230;
const tallest = 22;
/** Where there are more rows, only so much time is drawn that no two samples share a column. */
const few = 8;

export class Spikes {
  private readonly canvas = element<HTMLCanvasElement>("spikes");
  private readonly screen = this.canvas.getContext("2d", { alpha: false })!;
  private ink = "";
  private paper = "";

  constructor(private readonly scene: RhythmScene) {
    show(element("spikes-panel"), scene.cells > 0);
    say(element("spikes-rows"), scene.cellNames.length > 0 ? `rows from the top: ${scene.cellNames.join(", ")}`
      : `${scene.cells} neurons in the order of the phase at which they fire most`);
    onColours(() => { [this.ink, this.paper] = [colour("ink"), colour("plot")]; });
  }

  draw(history: History): void {
    const { cells } = this.scene;
    if (cells === 0) {
      return;
    }
    const width = Math.max(120, this.canvas.clientWidth), tall = Math.max(1, Math.min(tallest, Math.floor(most / cells)));
    if (this.canvas.width !== width || this.canvas.height !== tall * cells) {
      [this.canvas.width, this.canvas.height] = [width, tall * cells];
    }
    const screen = this.screen;
    screen.fillStyle = this.paper;
    screen.fillRect(0, 0, width, tall * cells);
    screen.fillStyle = this.ink;
    const mark = tall > 3 ? tall - 3 : 1;
    const shown = cells > few ? Math.min(width, history.length) : history.length, first = history.length - shown;
    history.eachSpike(first, (row, sample) =>
      screen.fillRect(Math.floor((sample - first) * width / shown), row * tall + (tall > 3 ? 1 : 0), 1, mark));
  }
}
