// How far the tip is from its target, over the last half minute.
import { element, show } from "../dom";
import type { Scene } from "../scene";
import type { Status } from "../status";
import { Traces, fromZero } from "./traces";

export class ErrorPlot {
  private readonly traces = new Traces(element("error-plot"), [{ name: "distance", colour: "orange" }],
    { seconds: 30, height: 130, range: fromZero(1) });

  /** A recording may know of no target. */
  private seen: boolean;

  constructor(private readonly scene: Scene) {
    this.seen = scene.control !== "recorded";
  }

  take(now: number, status: Status): void {
    this.seen ||= status.error !== null;
    show(element("error-panel"), this.scene.arm !== null && this.seen);
    this.traces.take(now, [status.error === null ? null : 1000 * status.error]);
  }

  draw(): void {
    this.traces.draw();
  }
}
