// Whether anything moved since it was drawn that an eye could see: a still robot costs nothing, though what measures it is never still.

/** Of a place, m; of a turn's quaternion and of a stroke, as much is less still. */
const visible = 1e-4;

export class Seen {
  private readonly drawn: Float32Array[] = [];

  /** Compares with what was drawn last, and remembers these as drawn where they differ.
   *  @param parts always the same ones; undefined: not there now. */
  moved(...parts: (Float32Array | undefined)[]): boolean {
    const now = parts.map(part => part ?? none);
    if (now.every((part, i) => this.drawn[i]?.length === part.length && part.every((value, k) => near(value, this.drawn[i][k])))) {
      return false;
    }
    // A frame is a view into a message that goes.
    now.forEach((part, i) => { this.drawn[i] = part.slice(); });
    return true;
  }
}

const none = new Float32Array();

/** What is not known is drawn as such, once. */
function near(value: number, drawn: number): boolean {
  return Math.abs(value - drawn) < visible || Number.isNaN(value) && Number.isNaN(drawn);
}
