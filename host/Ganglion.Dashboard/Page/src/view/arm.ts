// The trunk arm: modules, gears with their racks, and the tip, placed by the frames that the host measures. No kinematics here.
import {
  BoxGeometry, BufferGeometry, Color, ConeGeometry, CylinderGeometry, Group, InstancedMesh, Line, LineBasicMaterial, Matrix4,
  Mesh, MeshLambertMaterial, OctahedronGeometry, Quaternion, SphereGeometry, Vector3, Float32BufferAttribute, type Material,
} from "three";
import { mergeGeometries } from "three/addons/utils/BufferGeometryUtils.js";
import { colour, onColours } from "../dom";
import type { ArmScene } from "../scene";

const poseSize = 7;
const rackThickness = 0.0042;
const traceLength = 400;
const fingerLength = 0.04;
/** Gears beyond which an arm that the processor draws has no small parts: it draws about a thousand triangles a millisecond, and teeth and
 *  round edges would cost a long arm half its pictures. */
const manyGears = 50;

export class ArmView {
  readonly group = new Group();
  readonly tip = new Vector3();
  readonly tipTurn = new Quaternion();
  private readonly plateMaterial = new MeshLambertMaterial();
  private readonly housingMaterial = new MeshLambertMaterial();
  private readonly rackMaterial = new MeshLambertMaterial();
  private readonly toolMaterial = new MeshLambertMaterial();
  private readonly traceMaterial = new LineBasicMaterial({ transparent: true, opacity: 0.85 });
  private readonly plates: InstancedMesh;
  private readonly housings: InstancedMesh;
  private readonly racks: InstancedMesh;
  private readonly balls: InstancedMesh;
  private readonly tool = new Group();
  /** Of a gripper, the left one first: they end at the tip and slide apart along its y. */
  private readonly fingers = [1, -1].map(side => new Mesh(
    new BoxGeometry(0.012, 0.005, fingerLength).translate(0, side * 0.0025, -fingerLength / 2), this.rackMaterial));
  private readonly trace = new Float32Array(3 * traceLength);
  private readonly traceLine: Line;
  private traced = 0;
  private readonly frames: Matrix4[];

  /** @param software The processor draws. */
  constructor(private readonly arm: ArmScene, software: boolean) {
    const gears = arm.joints * arm.gearsPerJoint;
    const fine = !software || gears <= manyGears;
    this.frames = Array.from({ length: arm.joints + 1 }, () => new Matrix4());
    this.plates = this.many(plateGeometry(arm, fine), this.plateMaterial, arm.joints + 1);
    this.housings = this.many(housingGeometry(arm, fine), this.housingMaterial, gears);
    this.racks = this.many(rackGeometry(arm, fine), this.rackMaterial, gears);
    this.balls = this.many(fine ? new SphereGeometry(0.0052, 10, 8) : new OctahedronGeometry(0.0052), this.plateMaterial, gears);
    const shaft = new CylinderGeometry(arm.radius * 0.16, arm.radius * 0.5, arm.tool * 0.86, 14).rotateX(Math.PI / 2)
      .translate(0, 0, arm.tool * 0.43);
    const point = new ConeGeometry(arm.radius * 0.16, arm.tool * 0.14, 14).rotateX(Math.PI / 2).translate(0, 0, arm.tool * 0.93);
    this.tool.add(new Mesh(mergeGeometries([shaft, point]), this.toolMaterial));
    this.tool.matrixAutoUpdate = false;
    if (arm.opening !== null) {
      for (const finger of this.fingers) {
        this.tool.add(finger);
      }
    }
    const line = new BufferGeometry();
    line.setAttribute("position", new Float32BufferAttribute(this.trace, 3));
    (line.getAttribute("position") as Float32BufferAttribute).array = this.trace;
    line.setDrawRange(0, 0);
    this.traceLine = new Line(line, this.traceMaterial);
    this.traceLine.frustumCulled = false;
    this.group.add(this.tool, this.traceLine, pedestal(arm, this.housingMaterial));
    onColours(() => this.recolour());
  }

  /** Takes where the tip is.
   *  @param poses as {@link place}'s.
   *  @param measured the tip as measured, 7 numbers; undefined: nothing measures it.
   *  @returns whether its trace grew. */
  tell(poses: Float32Array, measured?: Float32Array): boolean {
    this.tip.fromArray(measured ?? poses, measured ? 0 : poseSize * this.arm.joints);
    this.tipTurn.copy(measured ? turnOf(measured, 0) : turnOf(poses, this.arm.joints));
    return this.extendTrace();
  }

  /** Places everything, to be drawn.
   *  @param poses modules from the base on, then the tip, as commanded: 7 numbers each.
   *  @param strokes of all gears, 0..1, joint-major. */
  place(poses: Float32Array, strokes: (gear: number) => number): void {
    const { joints, gearsPerJoint, gears, tipHeight, travel } = this.arm;
    for (let j = 0; j < joints; j++) {
      this.frames[j + 1].compose(place.fromArray(poses, poseSize * j), turnOf(poses, j), one);
    }
    for (let j = 0; j <= joints; j++) {
      this.plates.setMatrixAt(j, this.frames[j]);
    }
    for (let j = 0, k = 0; j < joints; j++) {
      for (let g = 0; g < gearsPerJoint; g++, k++) {
        const height = tipHeight + travel * strokes(k);
        const [x, y] = gears[g];
        const angle = Math.atan2(y, x);
        this.housings.setMatrixAt(k, at.makeRotationZ(angle).setPosition(x, y, 0).premultiply(this.frames[j]));
        // The rack runs through its housing: what is not above it yet stands below.
        this.racks.setMatrixAt(k, at.makeRotationZ(angle).setPosition(x, y, height).premultiply(this.frames[j]));
        this.balls.setMatrixAt(k, at.makeTranslation(x, y, height).premultiply(this.frames[j]));
      }
    }
    for (const mesh of [this.plates, this.housings, this.racks, this.balls]) {
      mesh.instanceMatrix.needsUpdate = true;
    }
    this.fingers.forEach((finger, i) => {
      finger.position.set(0, (i === 0 ? 0.5 : -0.5) * (this.arm.opening ?? 0) * (1 - strokes(joints * gearsPerJoint)), this.arm.tool);
    });
    this.tool.matrix.copy(this.frames[joints]);
    this.tool.matrixWorldNeedsUpdate = true;
  }

  clearTrace(): void {
    this.traced = 0;
    this.traceLine.geometry.setDrawRange(0, 0);
  }

  private extendTrace(): boolean {
    const last = 3 * (this.traced - 1);
    if (this.traced > 0 && Math.hypot(this.tip.x - this.trace[last], this.tip.y - this.trace[last + 1],
      this.tip.z - this.trace[last + 2]) < 5e-4) {
      return false;
    }
    if (this.traced === traceLength) {
      this.trace.copyWithin(0, 3);
      this.traced--;
    }
    this.tip.toArray(this.trace, 3 * this.traced);
    this.traced++;
    const positions = this.traceLine.geometry.getAttribute("position") as Float32BufferAttribute;
    positions.copyArray(this.trace);
    positions.needsUpdate = true;
    this.traceLine.geometry.setDrawRange(0, this.traced);
    return true;
  }

  private many(shape: BufferGeometry, material: Material, count: number): InstancedMesh {
    const mesh = new InstancedMesh(shape, material, count);
    mesh.frustumCulled = false;
    this.group.add(mesh);
    return mesh;
  }

  private recolour(): void {
    this.plateMaterial.color = new Color(colour("arm-plate"));
    this.housingMaterial.color = new Color(colour("arm-housing"));
    this.rackMaterial.color = new Color(colour("arm-rack"));
    this.toolMaterial.color = new Color(colour("arm-tool"));
    this.traceMaterial.color = new Color(colour("trace"));
  }
}

const one = new Vector3(1, 1, 1);
const place = new Vector3();
const turn = new Quaternion();
const at = new Matrix4();

function turnOf(poses: Float32Array, index: number): Quaternion {
  const i = poseSize * index;
  return turn.set(poses[i + 4], poses[i + 5], poses[i + 6], poses[i + 3]);
}

/** A module: its plate with the hub that the gears of the module below carry. */
function plateGeometry(arm: ArmScene, fine: boolean): BufferGeometry {
  const upright = (shape: BufferGeometry) => shape.rotateX(Math.PI / 2);
  const plate = upright(new CylinderGeometry(arm.radius * 1.18, arm.radius * 1.18, 0.006, arm.gearsPerJoint === 3 ? 6 : 8, 1));
  const hub = upright(new CylinderGeometry(arm.radius * 0.42, arm.radius * 0.5, 0.016, fine ? 16 : 8)).translate(0, 0, 0.008);
  if (arm.plateDepth === 0) {
    return mergeGeometries([plate, hub]);
  }
  const slider = upright(new CylinderGeometry(arm.radius * 1.3, arm.radius * 1.3, 0.004, fine ? 24 : 12)).translate(0, 0, -arm.plateDepth);
  const neck = upright(new CylinderGeometry(arm.radius * 0.3, arm.radius * 0.42, arm.plateDepth, fine ? 12 : 6))
    .translate(0, 0, -arm.plateDepth / 2);
  return mergeGeometries([plate, hub, slider, neck]);
}

/** A servo with the pinion that drives the rack. */
function housingGeometry(arm: ArmScene, fine: boolean): BufferGeometry {
  const height = Math.min(0.022, arm.tipHeight * 0.5);
  const box = new BoxGeometry(0.011, 0.02, height).translate(-0.008, 0, height / 2);
  if (!fine) {
    return box;
  }
  const pinion = new CylinderGeometry(0.0062, 0.0062, 0.005, 12).translate(-0.0015, 0.0115, height * 0.6);
  return mergeGeometries([box, pinion]);
}

/** A rack with its teeth; its tip is the origin. Fully out, its foot is still in its housing. */
function rackGeometry(arm: ArmScene, fine: boolean): BufferGeometry {
  const length = arm.tipHeight + arm.travel - 0.012;
  const parts: BufferGeometry[] = [new BoxGeometry(rackThickness, rackThickness * 1.4, length).translate(0, 0, -length / 2)];
  for (let z = 0.006; fine && z < length - 0.003; z += 0.0062) {
    parts.push(new BoxGeometry(0.0028, rackThickness * 1.4, 0.0028).translate(-0.003, 0, -z));
  }
  return mergeGeometries(parts);
}

function pedestal(arm: ArmScene, material: Material): Mesh {
  const foot = new CylinderGeometry(arm.radius * 1.5, arm.radius * 1.9, 0.012, 24).rotateX(Math.PI / 2).translate(0, 0, -0.012);
  return new Mesh(foot, material);
}
