// A walker on its ground: torso, legs and soles, placed by the frames that the host tells; support polygon, zero-moment point, centre of
// mass, and what each foot carries. No kinematics here.
import {
  BoxGeometry, BufferGeometry, Color, CylinderGeometry, DoubleSide, Float32BufferAttribute, Group, Line, LineBasicMaterial, LineLoop,
  LineSegments, Mesh, MeshBasicMaterial, MeshLambertMaterial, SphereGeometry, TorusGeometry, Vector3, type Material,
} from "three";
import { colour, onColours } from "../dom";
import { Motion } from "../frame";
import type { WalkerScene } from "../scene";
import { hullOf } from "./hull";

const poseSize = 7;
const linksOfALeg = 3;
const corners = 8;

/** A foot that carries less is in the air, N. */
const leastLoad = 5;

/** Height of the bar of a foot that carries the whole weight, m. */
const fullBar = 0.35;

/** Of the ground that is drawn, m. */
const groundBefore = 3, groundAfter = 40, groundHalfWidth = 0.8, groundLines = 0.25;

export class WalkerView {
  readonly group = new Group();
  /** Where the hips are, m. */
  readonly hips = new Vector3();
  private readonly materials = {
    torso: new MeshLambertMaterial(), left: new MeshLambertMaterial(), right: new MeshLambertMaterial(),
    ground: new MeshLambertMaterial({ side: DoubleSide }), lines: new LineBasicMaterial(),
    support: new MeshBasicMaterial({ transparent: true, opacity: 0.4, side: DoubleSide, depthTest: false }),
    // Drawn after the polygon, over which they stand: what is transparent comes last.
    edge: new LineBasicMaterial({ depthTest: false, transparent: true }),
    pressure: new MeshBasicMaterial({ depthTest: false, transparent: true }),
    centre: new MeshBasicMaterial({ depthTest: false, transparent: true }), load: new MeshBasicMaterial({ transparent: true, opacity: 0.8 }),
  };
  private readonly links: Group[] = [];
  private readonly ground = new Group();
  private readonly support: Mesh;
  private readonly edge: LineLoop;
  private readonly pressure: Mesh;
  private readonly centre: Group;
  private readonly drop: Line;
  private readonly loads: Mesh[] = [];

  constructor(private readonly walker: WalkerScene) {
    const { left, right, torso } = this.materials;
    this.link([box(walker.torso, [0, 0, walker.torso[2] / 2], torso)]);
    for (const leg of [left, right]) {
      const joint = () => new Mesh(new SphereGeometry(walker.link * 0.62, 14, 10), leg);
      this.link([joint(), box([walker.link, walker.link, walker.thigh], [0, 0, -walker.thigh / 2], leg)]);
      this.link([joint(), box([walker.link * 0.8, walker.link * 0.8, walker.shank], [0, 0, -walker.shank / 2], leg)]);
      const [length, width, thickness] = walker.sole;
      const rise = Math.max(0, walker.ankle - thickness);
      this.link([box([length, width, thickness], [0, 0, thickness / 2], leg),
        box([walker.link * 0.7, walker.link * 0.7, rise], [0, 0, thickness + rise / 2], leg)]);
    }
    this.support = new Mesh(new BufferGeometry(), this.materials.support);
    this.edge = new LineLoop(new BufferGeometry(), this.materials.edge);
    this.pressure = new Mesh(new TorusGeometry(0.022, 0.007, 8, 24), this.materials.pressure);
    this.centre = new Group();
    this.centre.add(new Mesh(new SphereGeometry(0.018, 14, 10), this.materials.centre));
    this.drop = new Line(new BufferGeometry(), this.materials.edge);
    this.group.add(this.ground, this.support, this.edge, this.pressure, this.centre, this.drop);
    // What balance is read from is seen through feet and legs.
    [this.support, this.edge, this.drop, this.pressure, this.centre.children[0]].forEach((part, i) => {
      part.frustumCulled = false;
      part.renderOrder = 1 + i;
    });
    for (let foot = 0; foot < 2; foot++) {
      const bar = new Mesh(new CylinderGeometry(0.011, 0.011, 1, 12).rotateX(Math.PI / 2).translate(0, 0, 0.5), this.materials.load);
      this.loads.push(bar);
      this.group.add(bar);
    }
    this.addGround();
    onColours(() => this.recolour());
  }

  /** Places everything.
   *  @param frames of torso, then thigh, shank and sole of the left leg, of the right one: 7 numbers each.
   *  @param motion numbers in the order of `Motion`. */
  place(frames: Float32Array, motion: Float32Array): void {
    this.links.forEach((link, i) => {
      const at = poseSize * i;
      link.position.fromArray(frames, at);
      link.quaternion.set(frames[at + 4], frames[at + 5], frames[at + 6], frames[at + 3]);
    });
    this.hips.copy(this.links[0].position);
    const known = motion[Motion.TrueSlope] === motion[Motion.TrueSlope];
    // Where nothing else is known, the ground has the slope that the board believes.
    this.ground.rotation.y = known ? 0 : -motion[Motion.Slope];
    this.placeSupport(motion);
    this.placeLoads(motion);
    const centre = new Vector3().fromArray(motion, Motion.Centre);
    this.centre.position.copy(centre);
    const tilt = this.walker.belt && known ? motion[Motion.TrueSlope] : 0;
    const low = Math.min(this.sole(0).position.z, this.sole(1).position.z);
    const foot = new Vector3(-Math.sin(tilt), 0, -Math.cos(tilt)).multiplyScalar((centre.z - low) / Math.cos(tilt)).add(centre);
    this.drop.geometry.setFromPoints([centre, foot]);
    this.pressure.visible = Number.isFinite(motion[Motion.Pressure]);
    if (this.pressure.visible) {
      this.pressure.position.fromArray(motion, Motion.Pressure).z += 0.006;
    }
  }

  /** How far the ground as a whole is tilted up along x, rad. */
  tilt(motion: Float32Array): number {
    const slope = motion[Motion.TrueSlope];
    return this.walker.belt && Number.isFinite(slope) ? slope : 0;
  }

  private sole(foot: number): Group {
    return this.links[1 + linksOfALeg * foot + 2];
  }

  /** The convex hull of the soles that stand. */
  private placeSupport(motion: Float32Array): void {
    const [length, width] = this.walker.sole;
    const points: Vector3[] = [];
    for (let foot = 0; foot < 2; foot++) {
      if (stands(motion, foot)) {
        const sole = this.sole(foot);
        for (const [x, y] of [[1, 1], [1, -1], [-1, 1], [-1, -1]]) {
          points.push(new Vector3(x * length / 2, y * width / 2, 0).applyQuaternion(sole.quaternion).add(sole.position));
        }
      }
    }
    const hull = hullOf(points);
    this.support.visible = this.edge.visible = hull.length > 2;
    if (hull.length > 2) {
      hull.forEach(point => { point.z += 0.004; });
      this.support.geometry.setFromPoints(padded(hull));
      this.support.geometry.setDrawRange(0, 3 * (hull.length - 2));
      this.edge.geometry.setFromPoints(hull.concat(Array(corners - hull.length).fill(hull[hull.length - 1])));
    }
  }

  private placeLoads(motion: Float32Array): void {
    this.loads.forEach((bar, foot) => {
      const load = motion[Motion.Left + foot];
      bar.visible = load > leastLoad;
      const sole = this.sole(foot);
      const aside = (foot === 0 ? 1 : -1) * (this.walker.sole[1] / 2 + 0.03);
      bar.position.copy(sole.position).y += aside;
      bar.scale.z = Math.max(1e-3, fullBar * load / this.walker.weight);
    });
  }

  private link(parts: Mesh[]): void {
    const link = new Group();
    link.add(...parts);
    this.links.push(link);
    this.group.add(link);
  }

  /** A ribbon along x, with lines across that show how it goes by. */
  private addGround(): void {
    const profile: [number, number][] = [];
    let x = 0, z = 0;
    this.walker.stretches.forEach(([length, slope, rise], i) => {
      const last = i === this.walker.stretches.length - 1;
      if (i === 0) {
        profile.push([-groundBefore, -groundBefore * Math.tan(slope)]);
      } else {
        z += rise;
      }
      profile.push([x, z]);
      const run = last ? Math.max(length, groundAfter) : length;
      profile.push([x + run, z + run * Math.tan(slope)]);
      [x, z] = [x + length, z + length * Math.tan(slope)];
    });
    const positions: number[] = [], indices: number[] = [], across: number[] = [];
    profile.forEach(([px, pz], i) => {
      positions.push(px, groundHalfWidth, pz, px, -groundHalfWidth, pz);
      if (i > 0) {
        const k = 2 * i;
        indices.push(k - 2, k - 1, k, k, k - 1, k + 1);
        const [bx, bz] = profile[i - 1];
        for (let at = Math.ceil(bx / groundLines) * groundLines; at < px; at += groundLines) {
          const height = bz + (at - bx) * (pz - bz) / (px - bx) + 0.002;
          across.push(at, groundHalfWidth, height, at, -groundHalfWidth, height);
        }
      }
    });
    const ribbon = new BufferGeometry();
    ribbon.setAttribute("position", new Float32BufferAttribute(positions, 3));
    ribbon.setIndex(indices);
    ribbon.computeVertexNormals();
    const lines = new BufferGeometry();
    lines.setAttribute("position", new Float32BufferAttribute(across, 3));
    this.ground.add(new Mesh(ribbon, this.materials.ground), new LineSegments(lines, this.materials.lines));
  }

  private recolour(): void {
    const names: Record<keyof typeof this.materials, string> = { torso: "arm-plate", left: "trace-orange", right: "trace", ground: "ground",
      lines: "grid-strong", support: "green", edge: "green", pressure: "target", centre: "ink", load: "green" };
    for (const [key, name] of Object.entries(names)) {
      this.materials[key as keyof typeof names].color = new Color(colour(name));
    }
  }
}

/** Whether a foot carries, by what is known: its load, or what the board says of its swing. */
export function stands(motion: Float32Array, foot: number): boolean {
  const loads = [motion[Motion.Left], motion[Motion.Right]];
  return loads[0] + loads[1] > leastLoad ? loads[foot] > leastLoad : motion[Motion.LeftSwings + foot] === 0;
}

function box(size: [number, number, number], at: [number, number, number], material: Material): Mesh {
  return new Mesh(new BoxGeometry(...size).translate(...at), material);
}

/** A fan of triangles, as many as eight corners need: a geometry keeps the size that it began with. */
function padded(hull: Vector3[]): Vector3[] {
  return Array.from({ length: corners - 2 }, (_, i) => i + 2 < hull.length ? [hull[0], hull[i + 1], hull[i + 2]]
    : [hull[0], hull[0], hull[0]]).flat();
}
