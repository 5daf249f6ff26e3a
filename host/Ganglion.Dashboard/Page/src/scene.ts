// What the host says once of the robot, by /scene.

export interface Limits { name: string; board: number; low: number; high: number; slew: number; park: number; unit: string; scale: number; }

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
  /** How far the tip can get from the base, m. */
  reach: number;
}

export interface WalkerScene { thigh: number; shank: number; ankle: number; hipHalfWidth: number; torso: [number, number, number];
  sole: [number, number]; }

export interface Scene {
  robot: string;
  boards: string[];
  channels: Limits[];
  arm: ArmScene | null;
  walker: WalkerScene | null;
  controller: string;
  neurons: number;
  virtual: boolean;
  canSteer: boolean;
}

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
