// The target in numbers, to be read and typed, beside the pose that is measured.
import { Euler, Quaternion, Vector3 } from "three";
import { degrees, element, millimetres, say, show } from "../dom";
import { Section, type Frame } from "../frame";
import type { Status } from "../status";
import type { TargetHandle } from "../view/handles";

const fields = ["x", "y", "z", "roll", "pitch", "yaw"] as const;

export class TargetForm {
  private readonly inputs = fields.map(name => element<HTMLInputElement>(`target-${name}`));
  private readonly cells = fields.map(name => element(`measured-${name}`));
  private readonly euler = new Euler();
  private readonly turn = new Quaternion();

  /** @param target null: the browser shows none; the measured pose stands alone.
   *  @param isRecorded There is a target only where the recording tells one. */
  constructor(private readonly target: TargetHandle | null, private readonly isRecorded: boolean) {
    for (const input of this.inputs) {
      input.addEventListener("change", () => this.typed());
      input.addEventListener("keydown", event => {
        if (event.key === "Enter") {
          this.typed();
          // Next comes M, the deadman, which a field would take for text.
          element("hold").focus();
        }
      });
    }
  }

  take(frame: Frame, status: Status): void {
    const has = this.target !== null && (!this.isRecorded || frame.part(Section.Target) !== undefined);
    element("target-table").classList.toggle("measured-alone", !has);
    show(element("target-figures"), has);
    say(element("target-title"), has ? "Target" : "Tip");
    if (this.target && has) {
      this.write(this.target.pose.position, this.target.pose.quaternion);
    }
    const measured = frame.part(Section.Measured);
    if (!measured) {
      this.cells.forEach(cell => say(cell, "–"));
    } else {
      const at = 7 * (measured.count - 1);
      const n = measured.numbers;
      this.euler.setFromQuaternion(this.turn.set(n[at + 4], n[at + 5], n[at + 6], n[at + 3]), "ZYX");
      [n[at], n[at + 1], n[at + 2]].forEach((value, i) => say(this.cells[i], millimetres(value)));
      [this.euler.x, this.euler.y, this.euler.z].forEach((value, i) => say(this.cells[3 + i], degrees(value)));
    }
    say(element("error"), status.error === null ? measured ? "no target" : "not measured" : `${millimetres(status.error, 2)} mm`);
    const reach = element("reach");
    reach.className = status.outOfReach === null ? "good" : "bad";
    say(reach, status.outOfReach === null ? "within reach" : `out of reach by ${millimetres(status.outOfReach, 0)} mm`);
  }

  private write(position: Vector3, turn: Quaternion): void {
    this.euler.setFromQuaternion(turn, "ZYX");
    const texts = [millimetres(position.x), millimetres(position.y), millimetres(position.z), degrees(this.euler.x), degrees(this.euler.y),
      degrees(this.euler.z)];
    this.inputs.forEach((input, i) => {
      if (document.activeElement !== input && input.value !== texts[i]) {
        input.value = texts[i];
      }
    });
  }

  private typed(): void {
    const values = this.inputs.map(input => input.valueAsNumber);
    if (this.target && values.every(Number.isFinite)) {
      const [x, y, z, roll, pitch, yaw] = values;
      const radians = [roll, pitch, yaw].map(angle => angle * Math.PI / 180) as [number, number, number];
      this.target.set(new Vector3(x, y, z).multiplyScalar(1e-3), new Quaternion().setFromEuler(new Euler(...radians, "ZYX")));
      this.target.onMoved();
    }
  }
}
