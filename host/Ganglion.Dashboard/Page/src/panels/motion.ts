// What a board does by itself: how a walker steps and stands, what its reflexes believe, what its feet carry; the oscillators of a rhythm;
// pressures.
import { degrees, element, say, show } from "../dom";
import { Motion, Section, type Frame } from "../frame";
import type { Scene, TraceScene } from "../scene";
import { Traces, aroundZero, fromZero, type Line } from "./traces";

const stages = ["rests", "stands up", "walks", "brings its feet together"];
const colours = ["orange", "blue", "green", "violet"];
const dashes: (number[] | undefined)[] = [undefined, [6, 4], [2, 3]];
const mostLines = 12;

export class MotionPanel {
  private readonly all: Traces[] = [];
  private readonly draws: ((frame: Frame) => void)[] = [];

  constructor(private readonly scene: Scene) {
    const walks = scene.walker !== null;
    const traces = (scene.traces ?? []).slice(0, mostLines);
    const valves = scene.channels.map((channel, i) => ({ ...channel, i })).filter(channel => channel.unit === "kPa");
    for (const id of ["steps-panel", "balance-panel", "feet-panel"]) {
      show(element(id), walks);
    }
    show(element("oscillators-panel"), traces.length > 0);
    show(element("pressures-panel"), valves.length > 0);
    if (scene.walker) {
      this.addWalker(scene.walker.feels);
    }
    if (traces.length > 0) {
      this.addOscillators(traces, scene.oscillators === true);
    }
    if (valves.length > 0) {
      this.addPressures(valves.slice(0, mostLines / 2));
    }
  }

  take(frame: Frame): void {
    this.draws.forEach(draw => draw(frame));
  }

  /** Draws lines and figures: people read them no faster than ten times a second. */
  draw(frame: Frame): void {
    this.all.forEach(traces => traces.draw());
    const motion = frame.part(Section.Motion)?.numbers;
    if (this.scene.walker && motion) {
      this.tell(motion);
      const torso = frame.part(Section.Told)?.numbers;
      const known = Number.isFinite(motion[Motion.TrueSlope]);
      show(element("way-fact"), known);
      say(element("walk-way"), torso && known ? `${torso[0].toFixed(3)} m` : "–");
    }
  }

  private addWalker(feels: boolean): void {
    const both = (name: string): Line[] => [{ name: `left ${name}`, colour: "orange" }, { name: `right ${name}`, colour: "blue" }];
    const phases = this.add("phases", both("foot"), 4, 110, () => [-0.5, 0.5], 0.5);
    const lines: Line[] = [{ name: "pitch of the torso", colour: "orange" }, { name: "slope as the board sees it", colour: "blue" },
      { name: "Tegotae shift, cm", colour: "violet" }];
    if (this.scene.control === "recorded") {
      // Of a walk in physics: what no board knows.
      lines.push({ name: "true slope", colour: "green", dash: [6, 4] });
    }
    const balance = this.add("balance", lines, 20, 130, aroundZero(2));
    const feet = this.add("loads", both("foot"), 6, 110, fromZero(10));
    say(element("feet-source"), feels ? "" : "; nothing measures them here");
    this.draws.push(frame => {
      const n = frame.part(Section.Motion)?.numbers;
      if (n) {
        const degree = 180 / Math.PI, pitch = Number.isFinite(n[Motion.TruePitch]) ? n[Motion.TruePitch] : n[Motion.Pitch];
        phases.take(frame.seconds, [n[Motion.LeftPhase], n[Motion.RightPhase]]);
        const told = [degree * pitch, degree * n[Motion.Slope], 100 * n[Motion.Shift], degree * n[Motion.TrueSlope]];
        balance.take(frame.seconds, told.slice(0, lines.length));
        feet.take(frame.seconds, [n[Motion.Left], n[Motion.Right]]);
      }
    });
  }

  private addOscillators(traces: TraceScene[], known: boolean): void {
    const lines = traces.map((trace, i) => ({ name: trace.name, colour: colours[i % colours.length],
      dash: dashes[Math.floor(i / colours.length) % dashes.length] }));
    const plot = this.add("oscillators", lines, 10, 170, known ? aroundZero(0.2) : fromZero(0.2));
    say(element("oscillators-name"), known ? "Oscillators" : "What the channels were told");
    say(element("oscillators-unit"), known ? "outputs, last 10 s" : "shares of the travel, last 10 s");
    this.draws.push(frame => {
      const channels = frame.part(Section.Channels)?.numbers;
      if (channels) {
        plot.take(frame.seconds, traces.map(({ channel, offset, gain }) => (channels[channel] - offset) / gain));
      }
    });
  }

  private addPressures(valves: { name: string; scale: number; i: number }[]): void {
    const lines = valves.flatMap((valve, k) => [
      { name: `${valve.name} told`, colour: colours[k % colours.length], dash: [6, 4] },
      { name: `${valve.name} measured`, colour: colours[k % colours.length] },
    ]);
    const plot = this.add("pressures", lines, 10, 150, fromZero(10));
    this.draws.push(frame => {
      const [told, measured] = [frame.part(Section.Channels)?.numbers, frame.part(Section.Pressures)?.numbers];
      if (told && measured) {
        plot.take(frame.seconds, valves.flatMap(({ i, scale }) => [told[i] * scale, measured[i]]));
      }
    });
  }

  private add(id: string, lines: Line[], seconds: number, height: number, range: (low: number, high: number) => [number, number],
    wraps?: number): Traces {
    const traces = new Traces(element(id), lines, { seconds, height, range, wraps });
    this.all.push(traces);
    return traces;
  }

  private tell(n: Float32Array): void {
    say(element("stage-of-walk"), stages[n[Motion.Stage]] ?? "?");
    say(element("walk-speed"), `${(1000 * n[Motion.Speed]).toFixed(0)} mm/s`);
    say(element("walk-turn"), `${degrees(n[Motion.Turn])} °/s`);
    say(element("walk-level"), `${(100 * n[Motion.Level]).toFixed(0)} %`);
    say(element("walk-pitch"), `${degrees(Number.isFinite(n[Motion.TruePitch]) ? n[Motion.TruePitch] : n[Motion.Pitch])} °`);
    say(element("walk-roll"), `${degrees(n[Motion.Roll])} °`);
    say(element("walk-slope"), Number.isFinite(n[Motion.TrueSlope]) ? `${degrees(n[Motion.Slope])} of ${degrees(n[Motion.TrueSlope])} °`
      : `${degrees(n[Motion.Slope])} °`);
    say(element("walk-shift"), `${(1000 * n[Motion.Shift]).toFixed(1)} mm`);
    for (const [id, at] of [["load-left", Motion.Left], ["load-right", Motion.Right], ["toe-left", Motion.LeftToe],
      ["heel-left", Motion.LeftHeel], ["toe-right", Motion.RightToe], ["heel-right", Motion.RightHeel]] as const) {
      say(element(id), Number.isFinite(n[at]) ? `${n[at].toFixed(0)} N` : "–");
    }
    for (const [id, phase, swings] of [["left", Motion.LeftPhase, Motion.LeftSwings],
      ["right", Motion.RightPhase, Motion.RightSwings]] as const) {
      // 0 is the middle of the swing, at the top; the foot goes round clockwise.
      const angle = 2 * Math.PI * n[phase];
      const hand = element(`hand-${id}`);
      hand.setAttribute("cx", (30 + 22 * Math.sin(angle)).toFixed(2));
      hand.setAttribute("cy", (30 - 22 * Math.cos(angle)).toFixed(2));
      say(element(`swing-${id}`), n[swings] === 1 ? "in the air" : "stands");
    }
  }
}
