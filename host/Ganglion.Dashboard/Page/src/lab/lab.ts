// A rhythm that the host computes and people set: sliders, traces, phase plane, raster, numbers, and what is to be said of it. Nothing
// oscillates here: what is drawn came in frames.
import type { Connection } from "../connection";
import { create, element, say, show } from "../dom";
import type { Frame } from "../frame";
import { Traces, aroundAll } from "../panels/traces";
import type { GroupScene, RhythmScene, Scene } from "../scene";
import { moves } from "../scene";
import type { RhythmStatus, Status } from "../status";
import { History } from "./history";
import { Knobs } from "./knobs";
import { Plane } from "./plane";
import { Spikes } from "./spikes";
import { AsFile } from "./asfile";

const colours = ["orange", "blue", "green", "violet"];
const dashes: (number[] | undefined)[] = [undefined, [6, 4], [2, 3]];
const mostLines = 14;

export class Lab {
  private readonly rhythm: RhythmScene;
  private readonly history: History;
  private readonly knobs: Knobs;
  private readonly plane: Plane;
  private readonly spikes: Spikes;
  private readonly file: AsFile;
  private readonly times: number[];
  private readonly group = element<HTMLSelectElement>("traces-group");
  private readonly drawn = new Map<number, { where: HTMLElement; traces: Traces }>();

  constructor(scene: Scene, rhythm: RhythmScene, link: Connection) {
    this.rhythm = rhythm;
    this.history = new History(rhythm);
    this.times = Array.from({ length: this.history.length }, (_, k) => (k + 1 - this.history.length) * rhythm.sample);
    for (const id of ["knobs-panel", "traces-panel", "turns-panel", "plane-panel"]) {
      show(element(id), true);
    }
    for (const id of ["boards-panel", "channels-panel", "hold", "motion-steering"]) {
      show(element(id), moves(scene));
    }
    document.body.classList.add("lab");
    show(element("factors"), false);
    say(element("hold-does"), "play");
    show(element("file-panel"), rhythm.file);
    say(element("start"), "Hold: send to board");
    element("start").title = "Hold it: the board is given the rhythm as it is set now, and plays it while you hold";
    say(element("about"), rhythm.about);
    this.knobs = new Knobs(rhythm.knobs, link);
    this.plane = new Plane(rhythm);
    this.spikes = new Spikes(rhythm);
    this.file = new AsFile(rhythm, link);
    this.group.append(...rhythm.groups.map((group, i) => create("option", { value: String(i) }, group.name)));
    this.group.addEventListener("change", () => this.choose());
    element("anew").addEventListener("click", () => link.send({ t: "anew" }));
    say(element("traces-window"), rhythm.window < 1 ? `last ${Math.round(1000 * rhythm.window)} ms` : `last ${rhythm.window} s`);
    this.choose();
  }

  /** Takes every frame, also those between two pictures. */
  gather(frame: Frame, status: RhythmStatus): void {
    this.history.take(frame, status.made);
  }

  /** What was set goes before what is ordered. */
  settle(): void {
    this.knobs.flush();
  }

  take(status: Status, mine: boolean): void {
    const rhythm = status.rhythm!;
    this.knobs.take(rhythm.values, mine);
    element<HTMLButtonElement>("anew").disabled = !mine;
    // The host judges what it is set to once more before a board is given it.
    element<HTMLButtonElement>("start").disabled ||= rhythm.refusal !== "";
    for (const id of ["rhythm-trouble", "rhythm-refusal"]) {
      element(id).classList.toggle("stale", !rhythm.judged);
    }
    this.file.take(rhythm, mine);
    this.note("rhythm-trouble", rhythm.trouble);
    this.note("rhythm-notice", rhythm.notice === "" ? "" : `Not set: ${rhythm.notice}.`);
    this.note("rhythm-refusal", !this.rhythm.board || rhythm.refusal === "" || rhythm.refusal === rhythm.trouble ? ""
      : `A board is not given it: ${lower(rhythm.refusal)}`);
    this.note("rhythm-sent", status.mode === "moving" && rhythm.sent >= 0 && rhythm.sent !== rhythm.settings
      ? "The board plays what it was sent; what was set since then waits for the next sending." : "");
  }

  draw(status: RhythmStatus): void {
    const at = Number(this.group.value), { traces } = this.drawn.get(at)!, { wraps } = this.rhythm.groups[at];
    const first = this.rhythm.groups.slice(0, at).reduce((sum, group) => sum + group.signals.length, 0);
    const lines = this.rhythm.groups[at].signals.slice(0, mostLines).map((_, i) => this.history.signal(first + i));
    traces.set(this.times, lines.map(line => line.map((value, k) => Number.isFinite(value)
      && !(wraps > 0 && k > 0 && Math.abs(value - line[k - 1]) > wraps) ? value : null)));
    traces.draw();
    this.plane.draw(this.history);
    this.spikes.draw(this.history);
    this.tell(status);
  }

  /** Shows the traces of the group that is chosen. */
  private choose(): void {
    const at = Number(this.group.value), group = this.rhythm.groups[at];
    if (!this.drawn.has(at)) {
      this.drawn.set(at, this.make(group));
    }
    this.drawn.forEach(({ where }, i) => show(where, i === at));
    say(element("traces-unit"), group.unit === "" ? "" : `${group.unit},`);
    element("traces").setAttribute("aria-label", `${group.name} over time: ${group.signals.slice(0, mostLines).join(", ")}`);
  }

  private make(group: GroupScene): { where: HTMLElement; traces: Traces } {
    const where = create("div");
    element("traces").append(where);
    const lines = group.signals.slice(0, mostLines).map((name, i) => ({ name, colour: colours[i % colours.length],
      dash: dashes[Math.floor(i / colours.length) % dashes.length] }));
    const moment = this.rhythm.window < 1 ? (seconds: number) => `${Math.round(1000 * seconds)} ms` : undefined;
    return { where, traces: new Traces(where, lines, { seconds: this.rhythm.window, height: 230, range: aroundAll(0.02), moment }) };
  }

  private tell(status: RhythmStatus): void {
    const body = element("turns");
    while (body.childElementCount < status.turns.length) {
      body.append(create("tr", {}, create("th", { scope: "row" }), ...[1, 2, 3].map(() => create("td", { class: "number" }))));
    }
    status.turns.forEach(({ name, period, lead }, i) => {
      const cells = body.children[i].children as HTMLCollectionOf<HTMLElement>;
      say(cells[0], name);
      say(cells[1], period ? `${(1 / period).toPrecision(4)} Hz` : "–");
      say(cells[2], !period ? "–" : period < 0.5 ? `${(1000 * period).toFixed(1)} ms` : `${period.toFixed(3)} s`);
      say(cells[3], lead !== null ? `${lead.toFixed(0)}°` : "–");
    });
    const facts = element("rhythm-facts");
    while (facts.childElementCount < status.figures.length) {
      facts.append(create("div", {}, create("dt"), create("dd")));
    }
    status.figures.forEach(({ name, value, unit }, i) => {
      const [term, text] = facts.children[i].children as HTMLCollectionOf<HTMLElement>;
      say(term, name);
      say(text, value === null ? "–" : `${Number(value.toPrecision(3))} ${unit}`.trim());
    });
  }

  private note(id: string, words: string): void {
    show(element(id), words !== "");
    say(element(id), words);
  }
}

/** A sentence as the second half of one; names of oscillators are lower case anyway. */
const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);
