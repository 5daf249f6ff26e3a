// The latest samples of a shown rhythm: all its signals and spikes, gathered from the frames that came.
import { Section, type Frame } from "../frame";
import type { RhythmScene } from "../scene";

export class History {
  /** Samples that are kept: as many as are drawn. */
  readonly length: number;
  private readonly signals: number;
  private readonly row: number;
  private readonly values: Float32Array;
  private readonly spikes: Uint8Array;
  private made = 0;

  constructor(scene: RhythmScene) {
    this.length = Math.round(scene.window / scene.sample);
    this.signals = scene.groups.reduce((sum, group) => sum + group.signals.length, 0);
    this.row = (scene.cells + 7) >> 3;
    this.values = new Float32Array(this.length * this.signals).fill(NaN);
    this.spikes = new Uint8Array(this.length * this.row);
  }

  /** Takes what is new in a frame; what was missed between two frames is a gap.
   *  @param made Samples that the rhythm has made, the frame's last included. */
  take(frame: Frame, made: number): void {
    const samples = frame.part(Section.Samples), run = frame.part(Section.Run);
    if (!samples) {
      return;
    }
    const missed = made < this.made ? this.length : Math.min(this.length, made - this.made - samples.count);
    for (let k = Math.max(0, missed); k > 0; k--) {
      this.put(made - samples.count - k, null, 0, null);
    }
    const fresh = made < this.made ? samples.count : Math.min(samples.count, made - this.made);
    for (let k = samples.count - fresh; k < samples.count; k++) {
      this.put(made - samples.count + k, samples.numbers, k, run?.bytes ?? null);
    }
    this.made = made;
  }

  /** A signal from its oldest sample to its newest one. */
  signal(index: number): number[] {
    const line = new Array<number>(this.length);
    for (let k = 0, at = this.made % this.length; k < this.length; k++) {
      line[k] = this.values[at * this.signals + index];
      at = at + 1 === this.length ? 0 : at + 1;
    }
    return line;
  }

  /** Calls back for each spike from a sample on: the row and the sample, 0 for the oldest. */
  eachSpike(first: number, spike: (row: number, sample: number) => void): void {
    for (let k = first; k < this.length; k++) {
      const at = (this.made + k) % this.length * this.row;
      for (let b = 0; b < this.row; b++) {
        for (let bits = this.spikes[at + b]; bits !== 0; bits &= bits - 1) {
          spike(8 * b + 31 - Math.clz32(bits & -bits), k);
        }
      }
    }
  }

  private put(sample: number, numbers: Float32Array | null, k: number, bytes: Uint8Array | null): void {
    const at = ((sample % this.length) + this.length) % this.length;
    for (let i = 0; i < this.signals; i++) {
      this.values[at * this.signals + i] = numbers ? numbers[k * this.signals + i] : NaN;
    }
    for (let b = 0; b < this.row; b++) {
      this.spikes[at * this.row + b] = bytes ? bytes[k * this.row + b] : 0;
    }
  }
}
