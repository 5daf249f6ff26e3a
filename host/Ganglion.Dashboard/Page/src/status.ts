// What the host says in every frame of who steers and what the robot does.

export interface Status {
  /** Client that steers, 0: nobody does; and its name. */
  holder: number;
  holderName: string;
  /** The deadman is held, as the host sees it. */
  held: boolean;
  /** Windows that look on. */
  viewers: number;
  /** Where a recording is, s, whether it plays, and the factor on its speed; null: it is none. */
  line: { at: number; plays: boolean; speed: number } | null;
  mode: "starting" | "holding" | "planning" | "moving" | "polishing" | "playing" | "parking" | "stopped";
  /** What it does or why it does not, in words. */
  words: string;
  /** Latched until somebody arms it again; the words say why. */
  stopped: boolean;
  /** Distance of the measured tip from the target, m and rad; null: not measured. */
  error: number | null;
  angleError: number | null;
  /** By how much the wanted pose is out of the arm's reach, m; null: it is within. */
  outOfReach: number | null;
  /** The target's orientation counts. */
  turnCounts: boolean;
  speed: number;
  speedLimit: number | null;
  recording: boolean;
  taught: number;
  /** How much of what plays has been played, 0..1; null: nothing plays. */
  played: number | null;
  /** Number of the newest event. */
  event: number;
  /** Setpoints a second, gaps, latest deadline [s], computing of a period [s]. */
  rate: number;
  missed: number;
  lateness: number;
  control: number;
}
