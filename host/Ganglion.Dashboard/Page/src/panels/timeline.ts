// The time line of a recording: play, pause, search, speed, and a clock.
import type { Connection } from "../connection";
import { element, say, show } from "../dom";
import type { Scene } from "../scene";
import type { Status } from "../status";

/** So long after the hand was on the bar it does not follow the host, ms: what it set is on its way. */
const settles = 300;

export class TimeLine {
  private readonly play = element<HTMLButtonElement>("line-play");
  private readonly bar = element<HTMLInputElement>("line-bar");
  private readonly speed = element<HTMLSelectElement>("line-speed");
  private plays = false;
  private touched = -Infinity;

  constructor(private readonly scene: Scene, link: Connection) {
    show(element("line"), scene.recording !== null);
    if (!scene.recording) {
      return;
    }
    this.bar.max = String(scene.recording.seconds);
    say(element("line-file"), scene.recording.file);
    this.play.addEventListener("click", () => link.send({ t: "line", plays: !this.plays }));
    this.bar.addEventListener("input", () => {
      this.touched = performance.now();
      link.send({ t: "line", at: this.bar.valueAsNumber });
      this.tell(this.bar.valueAsNumber);
    });
    this.speed.addEventListener("change", () => link.send({ t: "line", speed: Number(this.speed.value) }));
    this.play.focus();
  }

  take(status: Status): void {
    if (!status.line) {
      return;
    }
    this.plays = status.line.plays;
    say(this.play, this.plays ? "Pause" : "Play");
    if (performance.now() - this.touched > settles) {
      this.bar.value = String(status.line.at);
      this.tell(status.line.at);
    }
    if (document.activeElement !== this.speed) {
      this.speed.value = String(status.line.speed);
    }
  }

  private tell(at: number): void {
    const words = `${at.toFixed(1)} of ${this.scene.recording!.seconds.toFixed(1)} s`;
    say(element("line-clock"), words);
    this.bar.setAttribute("aria-valuetext", words);
  }
}
