// What a frame of the stream holds; Stream/STREAM.md has the layout.

import type { Status } from "./status";

export const enum Section {
  Status = 1,
  Measured = 2,
  Told = 3,
  Target = 4,
  Channels = 5,
  Spikes = 6,
  Thresholds = 7,
  Boards = 8,
  Motion = 9,
  Pressures = 10,
  Run = 11,
  Samples = 12,
}

/** Numbers of the section Motion; those from Pressure and from Centre on are places. */
export const enum Motion {
  Stage, LeftPhase, RightPhase, LeftSwings, RightSwings, Speed, Turn, Level, Slope, Shift, Pitch, Roll, TruePitch, TrueSlope,
  LeftToe, LeftHeel, RightToe, RightHeel, Left, Right, Pressure, Centre = Pressure + 3,
}

const magic = 0x31474e47;
const headerSize = 24;
const sectionHeaderSize = 8;

export interface Part {
  count: number;
  bytes: Uint8Array;
  numbers: Float32Array;
}

/** One frame: views into the message that it came in. */
export class Frame {
  readonly number: number;
  readonly seconds: number;
  private readonly parts = new Map<number, Part>();
  private told: Status | null = null;

  constructor(message: ArrayBuffer) {
    const view = new DataView(message);
    if (message.byteLength < headerSize || view.getUint32(0, true) !== magic || view.getInt32(16, true) !== message.byteLength) {
      throw new Error("The host sends frames that this page does not know: reload the page.");
    }
    this.number = view.getUint32(4, true);
    this.seconds = view.getFloat64(8, true);
    let at = headerSize;
    for (let i = view.getInt32(20, true); i > 0; i--) {
      const length = view.getInt32(at + 4, true);
      const body = at + sectionHeaderSize;
      this.parts.set(view.getUint16(at, true), {
        count: view.getUint16(at + 2, true),
        bytes: new Uint8Array(message, body, length),
        numbers: new Float32Array(message, body, length >> 2),
      });
      at = body + ((length + 7) & ~7);
    }
  }

  part(section: Section): Part | undefined {
    return this.parts.get(section);
  }

  /** What the host says of the moment, read once. */
  get status(): Status {
    return this.told ??= JSON.parse(this.text(Section.Status)) as Status;
  }

  private text(section: Section): string {
    const part = this.parts.get(section);
    return part ? decoder.decode(part.bytes) : "";
  }
}

const decoder = new TextDecoder();
