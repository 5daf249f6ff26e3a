// What stands on the stage: the arm or the walker, the target, the tip; in words where the browser has no WebGL.
import { BufferGeometry, Color, EllipseCurve, Line, LineBasicMaterial, Quaternion, Vector3 } from "three";
import { colour, element, onColours, show } from "../dom";
import type { Driver } from "../drive/driver";
import { Section, type Frame } from "../frame";
import type { Scene } from "../scene";
import type { Status } from "../status";
import { ArmView } from "./arm";
import { TargetHandle } from "./handles";
import { Seen } from "./seen";
import { Stage } from "./stage";
import { WalkerView } from "./walker";

const ahead = new Vector3();

export class Robot {
  readonly target: TargetHandle | null = null;
  readonly tip = new Vector3();
  readonly tipTurn = new Quaternion();
  private readonly stage: Stage | null = null;
  private readonly arm: ArmView | null = null;
  private readonly walker: WalkerView | null = null;
  private readonly seen = new Seen();
  private placed = false;
  private seconds = -Infinity;

  constructor(private readonly scene: Scene) {
    const canvas = element<HTMLCanvasElement>("stage");
    const size = scene.arm?.reach ?? (scene.walker ? this.legs + scene.walker.torso[2] : 0);
    show(element("stage-box"), size > 0);
    show(element("trace-clear"), scene.arm !== null);
    if (size === 0) {
      return;
    }
    try {
      this.stage = new Stage(canvas, size, scene.walker !== null);
    } catch {
      show(element("no-webgl"), true);
      return;
    }
    if (scene.arm) {
      this.arm = new ArmView(scene.arm, this.stage.software);
      this.stage.world.add(this.arm.group);
      this.target = new TargetHandle(this.stage, canvas, size);
      this.addReach(scene.arm.reach);
    } else if (scene.walker) {
      this.walker = new WalkerView(scene.walker);
      this.stage.world.add(this.walker.group);
    }
  }

  /** From one picture to the next at least, ms. */
  get period(): number {
    return this.stage?.period ?? 0;
  }

  take(frame: Frame, status: Status, driver: Driver): void {
    this.stage?.giveWay(status.missed);
    const told = frame.part(Section.Told);
    const strokes = frame.part(Section.Channels);
    const motion = frame.part(Section.Motion);
    const wanted = frame.part(Section.Target);
    const moved = this.seen.moved(told?.numbers, strokes?.numbers, motion?.numbers, wanted?.numbers);
    if (this.walker && this.stage && told && motion && moved) {
      this.walker.place(told.numbers, motion.numbers);
      this.stage.world.rotation.y = -this.walker.tilt(motion.numbers);
      this.stage.follow(ahead.copy(this.walker.hips).setZ(this.walker.hips.z - this.legs));
      this.stage.touch();
    }
    if (!this.arm || !this.stage || !told || told.count !== this.scene.arm!.joints + 1) {
      return;
    }
    if (frame.seconds < this.seconds) {
      // A recording was set back: the trace belongs to another time.
      this.clearTrace();
    }
    this.seconds = frame.seconds;
    if (this.arm.tell(told.numbers, frame.part(Section.Measured)?.numbers)) {
      this.stage.touch();
    }
    this.tip.copy(this.arm.tip);
    this.tipTurn.copy(this.arm.tipTurn);
    if (moved) {
      this.arm.place(told.numbers, gear => strokes ? strokes.numbers[gear] : 0.5);
      this.stage.touch();
    }
    if (this.target && (driver.mine ? !this.placed || driver.wandering : moved || this.placed)) {
      // Who watches sees the target of who steers; who begins to steer begins where the tip is.
      this.target.set(wanted && !driver.mine ? new Vector3().fromArray(wanted.numbers) : this.tip, wanted && !driver.mine
        ? new Quaternion(wanted.numbers[4], wanted.numbers[5], wanted.numbers[6], wanted.numbers[3]) : this.tipTurn);
      this.placed = driver.mine;
    }
    if (!driver.mine) {
      this.placed = false;
    }
    if (this.target && this.scene.control === "recorded") {
      this.target.pose.visible = wanted !== undefined;
    }
    this.target?.setReachable(status.outOfReach === null);
  }

  /** Height of straight legs, m. */
  private get legs(): number {
    const { thigh, shank, ankle } = this.scene.walker!;
    return thigh + shank + ankle;
  }

  /** From the tip to the target that is shown, m; null: there is none. */
  get distance(): number | null {
    return this.target && this.arm ? this.tip.distanceTo(this.target.pose.position) : null;
  }

  /** Brings the target back to where the tip is. */
  recall(): void {
    this.target?.set(this.tip, this.tipTurn);
    this.target?.onMoved();
  }

  clearTrace(): void {
    this.arm?.clearTrace();
    this.stage?.touch();
  }

  resetCamera(): void {
    this.stage?.reset();
  }

  /** Rings on the floor and upright, as far as the tip can get at all. */
  private addReach(reach: number): void {
    const material = new LineBasicMaterial({ transparent: true, opacity: 0.35 });
    const ring = (from: number, to: number) => new BufferGeometry().setFromPoints(
      new EllipseCurve(0, 0, reach, reach, from, to).getPoints(64).map(point => new Vector3(point.x, point.y, 0)));
    const floor = new Line(ring(0, 2 * Math.PI), material);
    const side = new Line(ring(0, Math.PI).rotateX(Math.PI / 2), material);
    const front = new Line(ring(0, Math.PI).rotateX(Math.PI / 2).rotateZ(Math.PI / 2), material);
    this.stage!.world.add(floor, side, front);
    onColours(() => {
      material.color = new Color(colour("soft"));
      this.stage!.touch();
    });
  }
}
