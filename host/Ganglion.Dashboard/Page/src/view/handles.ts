// The target: a ball with three axes, to be dragged and turned, and how it is shown where the arm cannot get.
import {
  AxesHelper, Color, Group, Mesh, MeshBasicMaterial, MeshLambertMaterial, Quaternion, SphereGeometry, TorusGeometry, Vector3,
} from "three";
import { TransformControls } from "three/addons/controls/TransformControls.js";
import { colour, onColours } from "../dom";
import type { Stage } from "./stage";

export type HandleMode = "translate" | "rotate";

export class TargetHandle {
  readonly pose = new Group();
  /** The person moved it. */
  onMoved: () => void = () => {};
  /** The person holds it, or lets go. */
  onHeld: (held: boolean) => void = () => {};
  private readonly controls: TransformControls;
  private readonly ball = new MeshLambertMaterial({ transparent: true, opacity: 0.75 });
  private readonly ring = new MeshBasicMaterial();
  private reachable = true;

  constructor(private readonly stage: Stage, canvas: HTMLCanvasElement, size: number) {
    const radius = size * 0.022;
    this.pose.add(new Mesh(new SphereGeometry(radius, 20, 14), this.ball),
      new Mesh(new TorusGeometry(radius * 1.5, radius * 0.1, 8, 32), this.ring), new AxesHelper(size * 0.09));
    stage.world.add(this.pose);
    this.controls = new TransformControls(stage.camera, canvas);
    this.controls.setSpace("world");
    this.controls.setSize(0.8);
    this.controls.attach(this.pose);
    stage.scene.add(this.controls.getHelper());
    this.controls.addEventListener("change", () => stage.touch());
    this.controls.addEventListener("objectChange", () => this.onMoved());
    this.controls.addEventListener("dragging-changed", event => {
      stage.orbit.enabled = !event.value;
      this.onHeld(Boolean(event.value));
    });
    // A finger that the browser takes away ends the drag as one that is lifted does.
    canvas.addEventListener("lostpointercapture", () => this.controls.pointerUp(null));
    this.enable(false);
    onColours(() => this.recolour());
  }

  set mode(mode: HandleMode) {
    this.controls.setMode(mode);
    this.controls.setSpace(mode === "rotate" ? "local" : "world");
  }

  get dragging(): boolean {
    return this.controls.dragging;
  }

  /** Shows the handles and lets them be dragged. */
  enable(on: boolean): void {
    if (this.controls.enabled !== on || this.controls.getHelper().visible !== on) {
      if (!on) {
        // Disabled controls are not told of the pointer's end, and would go on dragging when they are enabled again.
        this.controls.pointerUp(null);
      }
      this.controls.enabled = on;
      this.controls.getHelper().visible = on;
      this.stage.touch();
    }
  }

  set(position: Vector3, turn: Quaternion): void {
    if (!this.pose.position.equals(position) || !this.pose.quaternion.equals(turn)) {
      this.pose.position.copy(position);
      this.pose.quaternion.copy(turn);
      this.stage.touch();
    }
  }

  setReachable(reachable: boolean): void {
    if (this.reachable !== reachable) {
      this.reachable = reachable;
      this.recolour();
    }
  }

  private recolour(): void {
    const now = new Color(colour(this.reachable ? "target" : "bad"));
    this.ball.color = now;
    this.ring.color = now;
    this.stage.touch();
  }
}
