// Turns what the person does into messages: while this window steers, 40 times a second, what is wanted and whether the deadman is held.
import type { Connection } from "../connection";
import { element, say, show } from "../dom";
import type { Status } from "../status";
import type { TargetHandle } from "../view/handles";
import { Deadman, holdable } from "./deadman";
import { JogInput } from "./jog";

const period = 25;

export class Driver {
  readonly deadman = new Deadman(element("hold"));
  /** The arm has gone elsewhere than to the target: the target is to follow it. */
  onWandered: () => void = () => {};
  private readonly jog = new JogInput();
  private me = 0;
  private holder = 0;
  private stopped = false;
  private gear = -1;
  private stroke = 0;
  private ordered: HTMLElement | null = null;
  private jogging = false;

  constructor(private readonly link: Connection, private readonly target: TargetHandle | null) {
    this.deadman.onChange = held => {
      const moves = held && this.mine && !this.stopped;
      document.body.classList.toggle("held", moves);
      element("hold").setAttribute("aria-pressed", String(moves));
      this.send();
    };
    if (target) {
      target.onHeld = held => this.deadman.set("handle", held);
      target.onMoved = () => this.send();
    }
    this.jog.onGamepadStop = () => this.stop();
    addEventListener("keydown", event => {
      if (event.code === "Escape") {
        this.stop();
      }
    });
    setInterval(() => this.tick(), period);
  }

  /** Whether this window steers. */
  get mine(): boolean {
    return this.me !== 0 && this.holder === this.me;
  }

  /** Whether this window steers by what the host says now. */
  owns(status: Status): boolean {
    return this.me !== 0 && status.holder === this.me;
  }

  /** The arm is led otherwise than to the target: the target goes with the tip. */
  get wandering(): boolean {
    return this.ordered !== null || this.gear >= 0 || this.jogging;
  }

  set identity(me: number) {
    this.me = me;
  }

  take(status: Status): void {
    const was = this.mine;
    [this.holder, this.stopped] = [status.holder, status.stopped];
    if ((was && !this.mine) || this.stopped) {
      this.deadman.release();
      document.body.classList.remove("held");
    }
    if (!was && this.mine) {
      // Otherwise Space, the deadman's key, would press the button that took control.
      element("hold").focus();
    }
    this.target?.enable(this.mine && !this.stopped);
    show(element("gamepad"), this.jog.gamepad !== "");
    say(element("gamepad"), this.jog.gamepad === "" ? "" : "Gamepad: hold a shoulder button and move the sticks; B stops.");
  }

  /** Stops everything at once; any window may. */
  stop(): void {
    this.deadman.release();
    this.link.send({ t: "stop" });
  }

  /** A button that orders something and is the deadman for it. */
  orderWhileHeld(button: HTMLButtonElement, order: () => object): void {
    holdable(button, held => {
      if (held && this.mine && !button.disabled) {
        this.ordered = button;
        this.link.send(order());
        button.classList.add("holding");
        this.deadman.set("order", true);
      } else if (!held && this.ordered === button) {
        this.ordered = null;
        button.classList.remove("holding");
        this.deadman.set("order", false);
        this.link.send({ t: "end" });
        this.onWandered();
      }
    });
  }

  slide(gear: number, stroke: number | null): void {
    const was = this.gear >= 0;
    [this.gear, this.stroke] = stroke === null ? [-1, 0] : [gear, stroke];
    this.deadman.set("slider", stroke !== null);
    this.send();
    if (was && stroke === null) {
      this.onWandered();
    }
  }

  private tick(): void {
    this.jog.read();
    this.deadman.set("gamepad", this.jog.gamepadHeld);
    this.send();
    const jogging = this.jog.active;
    if (this.jogging && !jogging) {
      this.onWandered();
    }
    this.jogging = jogging;
  }

  private send(): void {
    if (!this.mine) {
      return;
    }
    const message: Record<string, unknown> = { t: "input", held: this.deadman.held && !this.stopped, sent: performance.now() / 1000 };
    if (this.ordered) {
      // What was ordered goes on.
    } else if (this.gear >= 0) {
      message.gear = this.gear;
      message.value = this.stroke;
    } else if (this.jog.active && !this.target?.dragging) {
      message.way = this.jog.way;
      message.turn = this.jog.turn;
    } else if (this.target) {
      const { position: p, quaternion: q } = this.target.pose;
      message.pose = [p.x, p.y, p.z, q.w, q.x, q.y, q.z];
    }
    this.link.send(message);
  }
}
