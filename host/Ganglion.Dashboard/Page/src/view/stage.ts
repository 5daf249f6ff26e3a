// Camera, light, floor and the loop that draws: only when something changed, so that a still arm costs nothing.
import {
  AmbientLight, Color, DirectionalLight, GridHelper, Group, HemisphereLight, PerspectiveCamera, Scene, Vector3, WebGLRenderer,
} from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import { colour, onColours } from "../dom";

/** Between pictures where the processor draws, ms: at least, and where the robot's loop on the same machine misses deadlines at most. */
const softwarePeriod = 30, longestPeriod = 100;

export class Stage {
  readonly scene = new Scene();
  /** The robot's base frame: z up, m. */
  readonly world = new Group();
  readonly camera = new PerspectiveCamera(40, 1, 0.01, 50);
  readonly orbit: OrbitControls;
  readonly software: boolean;
  private readonly renderer: WebGLRenderer;
  private grid: GridHelper | null = null;
  private changed = true;
  private drawn = 0;
  private since = performance.now();
  private last = 0;
  private wait = softwarePeriod;
  private missed = 0;

  private readonly followed = new Vector3();

  /** @param size of the robot, m.
   *  @param hasGround The robot brings its own ground; else there is a grid. */
  constructor(private readonly canvas: HTMLCanvasElement, private readonly size: number, private readonly hasGround: boolean) {
    this.software = isSoftware();
    this.renderer = new WebGLRenderer({ canvas, antialias: !this.software, powerPreference: "high-performance" });
    this.renderer.setPixelRatio(this.software ? 1 : Math.min(devicePixelRatio, 2));
    this.scene.add(this.world);
    const sun = new DirectionalLight(0xffffff, 2.2);
    sun.position.set(1.2, -0.8, 2.5);
    this.world.add(sun);
    this.scene.add(new HemisphereLight(0xffffff, 0x8a8478, 1.5), new AmbientLight(0xffffff, 0.25));
    this.camera.up.set(0, 0, 1);
    this.orbit = new OrbitControls(this.camera, canvas);
    this.orbit.addEventListener("change", () => this.touch());
    this.reset();
    onColours(() => this.recolour());
    new ResizeObserver(() => this.resize()).observe(canvas.parentElement!);
    this.resize();
    requestAnimationFrame(this.draw);
  }

  /** Looks at the robot from the front, the whole of it in the picture. */
  reset(): void {
    // A walker is seen from its right side, walking across the picture.
    const from = this.hasGround ? new Vector3(0.85, -1.75, 0.7) : new Vector3(1.5, -1.2, 0.75);
    this.camera.position.copy(from.multiplyScalar(this.size)).add(this.followed);
    this.orbit.target.set(0, 0, this.size * 0.5).add(this.followed);
    this.orbit.update();
    this.touch();
  }

  /** The camera goes along with a place.
   *  @param place in the robot's frame, m. */
  follow(place: Vector3): void {
    this.world.updateMatrixWorld();
    const way = this.world.localToWorld(place.clone()).sub(this.followed);
    this.followed.add(way);
    this.camera.position.add(way);
    this.orbit.target.add(way);
    this.orbit.update();
  }

  /** Asks for a new picture. */
  touch(): void {
    this.changed = true;
  }

  /** The picture gives way to the loop that moves the robot: drawn by the processor, it is drawn less often while deadlines are missed.
   *  @param missed deadlines so far. */
  giveWay(missed: number): void {
    this.wait = missed > this.missed ? Math.min(longestPeriod, 1.25 * this.wait) : Math.max(softwarePeriod, 0.97 * this.wait);
    this.missed = missed;
  }

  /** From one picture to the next at least, ms. */
  get period(): number {
    return this.software ? this.wait : 0;
  }

  private readonly draw = (now: number): void => {
    requestAnimationFrame(this.draw);
    // Where the processor draws, it is left some time for everything else on this machine, such as the robot's own loop.
    if (!this.changed || now - this.last < this.period) {
      return;
    }
    [this.changed, this.last] = [false, now];
    this.renderer.render(this.scene, this.camera);
    this.drawn++;
    if (now - this.since > 1000) {
      this.canvas.dataset.fps = (1000 * this.drawn / (now - this.since)).toFixed(1);
      [this.drawn, this.since] = [0, now];
    }
  };

  private recolour(): void {
    this.scene.background = new Color(colour("stage"));
    if (this.hasGround) {
      this.touch();
      return;
    }
    if (this.grid) {
      this.world.remove(this.grid);
      this.grid.dispose();
    }
    this.grid = new GridHelper(4 * this.size, 32, new Color(colour("grid-strong")), new Color(colour("grid")));
    this.grid.rotation.x = Math.PI / 2;
    this.world.add(this.grid);
    this.touch();
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.canvas.parentElement!;
    this.renderer.setSize(clientWidth, clientHeight, false);
    this.camera.aspect = clientWidth / Math.max(1, clientHeight);
    // The same height of the robot is seen in a narrow window as in a wide one.
    this.camera.fov = this.camera.aspect > 1 ? 40 : 2 * Math.atan(Math.tan(20 * Math.PI / 180) / this.camera.aspect) * 180 / Math.PI;
    this.camera.updateProjectionMatrix();
    this.touch();
  }
}

/** Whether WebGL is drawn by the processor: then smoothing costs more than it shows. */
function isSoftware(): boolean {
  const gl = document.createElement("canvas").getContext("webgl2");
  const info = gl?.getExtension("WEBGL_debug_renderer_info");
  const name = gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : "";
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return /swiftshader|llvmpipe|software/i.test(name);
}
