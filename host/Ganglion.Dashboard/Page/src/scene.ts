// What the host says once of the robot, by /scene.

export interface Limits { name: string; board: number; low: number; high: number; unit: string; scale: number; }

export interface ArmScene {
  joints: number;
  gearsPerJoint: number;
  /** Where gears stand in the frame of the module that carries them, m. */
  gears: [number, number][];
  /** Height of a gear's tip at stroke 0, its travel, how far the plate that it moves is below the next module's origin, m. */
  tipHeight: number;
  travel: number;
  plateDepth: number;
  radius: number;
  tool: number;
  /** Between the fingers of a gripper that is wide open, m; null: it has none. Its channel is behind those of the gears. */
  opening: number | null;
  /** How far the tip can get from the base, m. */
  reach: number;
}

/** Lengths in m, the weight in N. */
export interface WalkerScene {
  thigh: number;
  shank: number;
  ankle: number;
  hipHalfWidth: number;
  /** Width of thighs and shanks. */
  link: number;
  /** Depth, width and height; length, width and thickness. */
  torso: [number, number, number];
  sole: [number, number, number];
  weight: number;
  /** It has sensors under its soles. */
  feels: boolean;
  /** What it walks on, in words; length, slope [rad] and step at the beginning of each stretch from x = 0 on. */
  ground: string;
  stretches: [number, number, number][];
  /** The ground is a belt, whose slope changes as a whole. */
  belt: boolean;
}

/** A channel to be drawn over time, as an oscillator's output: (value - offset) / gain. */
export interface TraceScene { name: string; channel: number; offset: number; gain: number; }

/** Something of a shown rhythm that can be set: low + (high - low) way^power on a slider, the same to both sides of a range around 0. */
export interface KnobScene {
  id: string;
  name: string;
  unit: string;
  low: number;
  high: number;
  power: number;
  meaning: string;
  /** Names of its values 0, 1, ...; empty: it is a number. */
  choices: string[];
}

/** Signals of one kind; from `wraps` on, if that is not 0, a step means that the signal began anew. */
export interface GroupScene { name: string; unit: string; wraps: number; signals: string[]; }

/** A rhythm that the host computes and people set. */
export interface RhythmScene {
  about: string;
  /** A board may play it; it can be had as a file; the host writes that file. */
  board: boolean;
  file: boolean;
  saves: boolean;
  /** Time from sample to sample, and how much of it is drawn, s of the model. */
  sample: number;
  window: number;
  /** Rows of the raster of spikes, and their names where they are few. */
  cells: number;
  cellNames: string[];
  /** The two signals that are drawn against each other at first. */
  plane: [number, number];
  groups: GroupScene[];
  knobs: KnobScene[];
}

export interface Scene {
  robot: string;
  boards: string[];
  channels: Limits[];
  arm: ArmScene | null;
  walker: WalkerScene | null;
  /** Of what a board does by itself: gait or rhythm, empty where that is not known. */
  motion?: string;
  traces?: TraceScene[];
  /** The traces are outputs of oscillators; else what channels were told. */
  oscillators?: boolean;
  rhythm?: RhythmScene;
  controller: string;
  neurons: number;
  virtual: boolean;
  /** People operate it, or a program moves it, or it is a recording. */
  control: "operated" | "watched" | "recorded";
  recording: { file: string; seconds: number } | null;
}

/** Whether there is something that a stop stops. */
export const moves = (scene: Scene): boolean => scene.control !== "recorded" && scene.rhythm?.board !== false;

export async function loadScene(): Promise<Scene | "locked"> {
  const answer = await fetch("scene", { headers: { accept: "application/json" } });
  if (answer.status === 401) {
    return "locked";
  }
  if (!answer.ok) {
    throw new Error(`the host answers ${answer.status}`);
  }
  return await answer.json() as Scene;
}
