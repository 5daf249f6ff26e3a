// Keys and a gamepad's sticks lead the tip along and about the axes of the base frame, as shares of the largest speed.
import { isTyping } from "./deadman";

const deadZone = 0.12;

/** Axis 0..2 along x, y, z, 3..5 about them, and which way. */
const keys: Record<string, [number, number]> = {
  ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [1, 1], ArrowRight: [1, -1], PageUp: [2, 1], PageDown: [2, -1],
  KeyW: [0, 1], KeyS: [0, -1], KeyA: [1, 1], KeyD: [1, -1], KeyE: [2, 1], KeyQ: [2, -1],
};

export class JogInput {
  /** Shares of the largest speed, -1..1. */
  way = [0, 0, 0];
  turn = [0, 0, 0];
  /** Name of the gamepad that is connected; empty: none. */
  gamepad = "";
  /** One of its shoulder buttons is held: the deadman. */
  gamepadHeld = false;
  /** Its button B was pressed: stop. */
  onGamepadStop: () => void = () => {};
  private readonly down = new Set<string>();
  private stopWas = false;

  constructor() {
    addEventListener("keydown", event => {
      if (event.code in keys && !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey
        && !(event.target instanceof HTMLInputElement) && !(event.target as HTMLElement).closest(".scroll")) {
        this.down.add(event.code);
        event.preventDefault();
      }
    });
    addEventListener("keyup", event => this.down.delete(event.code));
    addEventListener("blur", () => this.down.clear());
  }

  get active(): boolean {
    return this.way.some(share => share !== 0) || this.turn.some(share => share !== 0);
  }

  /** Reads keys and sticks as they are now. */
  read(): void {
    const shares = [0, 0, 0, 0, 0, 0];
    for (const key of this.down) {
      const [axis, sign] = keys[key];
      shares[axis] += sign;
    }
    const pad = navigator.getGamepads?.().find(one => one?.connected);
    this.gamepad = pad?.id ?? "";
    this.gamepadHeld = Boolean(pad && [4, 5, 6, 7].some(i => pad.buttons[i]?.pressed));
    const stop = Boolean(pad?.buttons[1]?.pressed);
    if (stop && !this.stopWas) {
      this.onGamepadStop();
    }
    this.stopWas = stop;
    if (pad) {
      const stick = (i: number) => Math.abs(pad.axes[i] ?? 0) < deadZone ? 0 : -pad.axes[i];
      shares[0] += stick(1);
      shares[1] += stick(0);
      shares[2] += stick(3);
      shares[5] += stick(2);
    }
    const bounded = shares.map(share => Math.max(-1, Math.min(1, share)));
    [this.way, this.turn] = [bounded.slice(0, 3), bounded.slice(3)];
  }
}
