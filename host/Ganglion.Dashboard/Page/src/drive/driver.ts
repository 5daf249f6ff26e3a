// Turns what the person does into messages: while this window steers, 40 times a second, what is wanted and whether the deadman is held.
import type { Connection } from "../connection";
import { element, say, show } from "../dom";
import { moves, type Scene } from "../scene";
import type { Status } from "../status";
import type { TargetHandle } from "../view/handles";
import { Deadman, holdable, isTyping } from "./deadman";
import { JogInput } from "./jog";
import { Leading } from "./leading";

const period = 25;

export class Driver {
  readonly deadman = new Deadman(element("hold"));
  /** The arm has gone elsewhere than to the target: the target is to follow it. */
  onWandered: () => void = () => {};
  /** Something is about to be ordered. */
  onOrder: () => void = () => {};
  /** A stop found no link. */
  onUnheard: () => void = () => {};
  private readonly jog = new JogInput();
  private readonly leading: Leading;
  private me = 0;
  private holder = 0;
  private stopped = false;
  private gear = -1;
  private stroke = 0;
  private ordered: HTMLElement | null = null;
  private gripping: HTMLElement | null = null;
  private jogging = false;
  private gamepadHeld = false;

  constructor(private readonly link: Connection, private readonly target: TargetHandle | null, private readonly scene: Scene) {
    this.leading = new Leading(scene, this.deadman);
    this.deadman.onChange = held => {
      const moves = held && this.mine && !this.stopped;
      document.body.classList.toggle("held", moves);
      element("hold").setAttribute("aria-pressed", String(moves));
      this.send();
    };
    if (target) {
      target.onHeld = held => held ? this.deadman.press("handle") : this.deadman.lift("handle");
      target.onMoved = () => this.send();
    }
    this.jog.onGamepadStop = () => this.stop();
    // Where a program moves the robot Space scrolls, as on any page; in a recording nothing moves.
    const stops = (event: KeyboardEvent) => moves(scene)
      && (event.code === "Escape" || scene.control === "operated" && event.code === "Space");
    addEventListener("keydown", event => {
      if (stops(event)) {
        event.preventDefault();
        if (!event.repeat) {
          this.stop();
        }
      }
    }, { capture: true });
    addEventListener("keyup", event => {
      if (stops(event)) {
        // A button that has the focus is not pressed by it.
        event.preventDefault();
      }
    }, { capture: true });
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
      this.letGo();
    }
    if (!was && this.mine) {
      // Enter, held there, is a deadman too; where it was, it would give control up again.
      element("hold").focus();
    }
    this.target?.enable(this.mine && !this.stopped);
    this.leading.enable(this.mine && !this.stopped);
    show(element("gamepad"), this.jog.gamepad !== "");
    say(element("gamepad"), this.jog.gamepad === "" ? "" : "Gamepad: hold a shoulder button and move the sticks; B stops.");
  }

  /** Stops everything at once; any window may. */
  stop(): void {
    this.letGo();
    if (!this.link.sendBehindAll({ t: "stop" })) {
      this.onUnheard();
    }
  }

  /** A button that orders something and is the deadman for it.
   *  @param end What its release ends; null: nothing, what was begun goes on. */
  orderWhileHeld(button: HTMLButtonElement, order: () => object, end: object | null): void {
    holdable(button, held => {
      if (held && this.mine && !button.disabled) {
        this.ordered = button;
        button.classList.add("holding");
        this.onOrder();
        this.deadman.press("order");
        this.link.send(order());
      } else if (!held && this.ordered === button) {
        this.endOrder();
        this.deadman.lift("order");
        if (end) {
          this.link.send(end);
        }
        this.onWandered();
      }
    });
  }

  /** A button and a key that move the gripper while they are held.
   *  @param key Its letter.
   *  @param grip 0 wide open, 1 closed. */
  gripWhileHeld(button: HTMLButtonElement, key: string, grip: number): void {
    const move = (held: boolean): void => {
      if (held && this.mine && !button.disabled) {
        this.gripping = button;
        button.classList.add("holding");
        this.slide(this.scene.channels.length - 1, grip);
      } else if (!held && this.gripping === button) {
        this.endGrip();
        this.slide(-1, null);
      }
    };
    let code = "";
    holdable(button, move);
    addEventListener("blur", () => move(false));
    addEventListener("keydown", event => {
      if (event.key.toLowerCase() === key && !event.repeat && !isTyping(event.target)
        && !event.ctrlKey && !event.metaKey && !event.altKey) {
        code = event.code;
        move(true);
      }
    });
    addEventListener("keyup", event => {
      if (event.code === code) {
        code = "";
        move(false);
      }
    });
  }

  /** One channel is moved alone, a gear or the gripper; null: it is let go of. */
  slide(gear: number, stroke: number | null): void {
    const was = this.gear >= 0;
    [this.gear, this.stroke] = stroke === null ? [-1, 0] : [gear, stroke];
    if (stroke === null) {
      this.deadman.lift("slider");
    } else if (!was) {
      this.deadman.press("slider");
    }
    this.send();
    if (was && stroke === null) {
      this.onWandered();
    }
  }

  private tick(): void {
    this.jog.read();
    if (this.jog.gamepadHeld !== this.gamepadHeld) {
      this.gamepadHeld = this.jog.gamepadHeld;
      // A gamepad is read in a window behind others too.
      if (this.gamepadHeld && document.hasFocus()) {
        this.deadman.press("gamepad");
      } else {
        this.deadman.lift("gamepad");
      }
    }
    this.send();
    const jogging = this.jog.active;
    if (this.jogging && !jogging) {
      this.onWandered();
    }
    this.jogging = jogging;
  }

  /** Whatever is held counts no more, and what was ordered is over. */
  private letGo(): void {
    this.deadman.release();
    this.endOrder();
    this.endGrip();
    document.body.classList.remove("held");
  }

  private endGrip(): void {
    if (this.gripping) {
      this.gripping.classList.remove("holding");
      [this.gripping, this.gear] = [null, -1];
    }
  }

  private endOrder(): void {
    this.ordered?.classList.remove("holding");
    this.ordered = null;
  }

  private send(): void {
    if (!this.mine || !moves(this.scene)) {
      return;
    }
    const message: Record<string, unknown> = { t: "input", held: this.deadman.held && !this.stopped, sent: performance.now() / 1000 };
    if (this.ordered || this.scene.rhythm) {
      // What was ordered goes on.
    } else if (this.scene.walker) {
      const bound = (share: number) => Math.max(-1, Math.min(1, share));
      message.way = [bound(this.jog.way[0] + this.leading.ahead), 0, 0];
      message.turn = [0, 0, bound(this.jog.way[1] + this.jog.turn[2] + this.leading.left)];
    } else if (!this.scene.arm) {
      Object.assign(message, this.leading.factors);
    } else if (this.gear === this.scene.arm.joints * this.scene.arm.gearsPerJoint) {
      message.grip = this.stroke;
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
