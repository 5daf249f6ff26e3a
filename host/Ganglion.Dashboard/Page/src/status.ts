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
  rhythm?: RhythmStatus;
}

/** Of a shown rhythm. */
export interface RhythmStatus {
  /** Samples that it has made: the newest of a frame is the last of them. */
  made: number;
  /** Number of its settings, and of those that the board was given last; -1: it was given none. */
  settings: number;
  sent: number;
  /** Whether trouble and refusal are about how it is set now. */
  judged: boolean;
  /** Why it is no rhythm, why a board should not play it, what was not done; each empty where there is nothing to say. */
  trouble: string;
  refusal: string;
  notice: string;
  /** One a knob. */
  values: number[];
  /** Period in s of the model, lead over the first one in degrees; null: not known. */
  turns: { name: string; period: number | null; lead: number | null }[];
  figures: { name: string; value: number | null; unit: string }[];
}
