// What is drawn over time: of a robot that moves now as it comes, of a recording also what was before the place that one has come to.
import { Frame } from "./frame";
import type { Scene } from "./scene";

/** A longer way from frame to frame is a jump, s at its speed. */
const gap = 1;

export class Past {
  private last = NaN;
  private asking = false;
  private stale = false;

  /** @param draw Takes frames in the order of time; one that is before the last begins anew. */
  constructor(private readonly scene: Scene, private readonly draw: (frame: Frame) => void) {}

  take(frame: Frame): void {
    if (this.scene.control === "recorded") {
      const on = frame.seconds - this.last, speed = Math.max(1, frame.status.line?.speed ?? 1);
      this.stale ||= !(on >= 0 && on < gap * speed);
      this.last = frame.seconds;
      if (this.stale && !this.asking) {
        void this.fill(frame);
      }
    }
    if (!this.asking) {
      this.draw(frame);
    }
  }

  /** Asks for what was before; what comes meanwhile is drawn when that is there. */
  private async fill(frame: Frame): Promise<void> {
    [this.asking, this.stale] = [true, false];
    try {
      const answer = await fetch(`before?until=${frame.seconds.toFixed(3)}`);
      if (answer.ok) {
        const all = await answer.arrayBuffer(), lengths = new DataView(all);
        for (let at = 0; at < all.byteLength; at += lengths.getInt32(at + 16, true)) {
          this.draw(new Frame(all.slice(at, at + lengths.getInt32(at + 16, true))));
        }
      }
    } catch {
      // The link is down; the connection says so.
    } finally {
      this.asking = false;
    }
  }
}
