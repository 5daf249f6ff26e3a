// The bar of buttons, who steers, and the line that says what to do next.
import type { Connection, Phase } from "../connection";
import { element, say, show } from "../dom";
import type { Driver } from "../drive/driver";
import { moves, type Scene } from "../scene";
import type { Status } from "../status";
import type { Robot } from "../view/robot";

const themeKey = "ganglion-theme";
const refusalStays = 4000;
/** What only the window that steers may press. */
const steering = ["hold", "home", "park", "teach", "play", "forget", "record", "replay", "factor", "recall", "translate", "rotate",
  "target-x", "target-y", "target-z", "target-roll", "target-pitch", "target-yaw", "start", "rest", "grip-open", "grip-close"];

export class Controls {
  private phase: Phase = "connecting";
  private wasSilent = false;
  private refusal = "";
  private refusedAt = 0;
  private status: Status | null = null;
  private readonly guide = element("guide");

  constructor(private readonly scene: Scene, link: Connection, private readonly driver: Driver, robot: Robot) {
    const press = (id: string, action: () => void) => element(id).addEventListener("click", action);
    press("stop", () => driver.stop());
    press("stop-phone", () => driver.stop());
    press("take", () => link.send(driver.mine ? { t: "leave" } : { t: "take", over: (this.status?.holder ?? 0) !== 0 }));
    press("rearm", () => link.send({ t: "rearm" }));
    press("teach", () => link.send({ t: "teach" }));
    press("forget", () => link.send({ t: "forget" }));
    press("record", () => link.send({ t: this.status?.recording ? "end-record" : "record" }));
    press("recall", () => robot.recall());
    press("view-reset", () => robot.resetCamera());
    press("trace-clear", () => robot.clearTrace());
    press("theme", () => this.nextTheme());
    press("rest", () => link.send({ t: "rest" }));
    const factor = element<HTMLSelectElement>("factor");
    for (const order of ["home", "park", "play", "replay"]) {
      driver.orderWhileHeld(element<HTMLButtonElement>(order), () => order === "play" || order === "replay"
        ? { t: order, factor: Number(factor.value) } : { t: order }, { t: "end" });
    }
    const grips = (scene.arm?.opening ?? null) !== null;
    for (const [id, key, grip] of [["grip-open", "o", 0], ["grip-close", "g", 1]] as const) {
      show(element(id), grips);
      if (grips) {
        driver.gripWhileHeld(element<HTMLButtonElement>(id), key, grip);
      }
    }
    driver.orderWhileHeld(element<HTMLButtonElement>("start"), () => ({ t: "start" }), null);
    for (const mode of ["translate", "rotate"] as const) {
      press(mode, () => {
        if (robot.target) {
          robot.target.mode = mode;
        }
        for (const other of ["translate", "rotate"]) {
          element(other).setAttribute("aria-pressed", String(other === mode));
        }
      });
    }
    const operated = scene.control === "operated", recorded = scene.control === "recorded", arm = scene.arm !== null;
    show(element("arm-tools"), arm);
    show(element("steering"), operated);
    show(element("home"), arm);
    show(element("park"), arm);
    show(element("poses-tools"), operated);
    show(element("target-tools"), operated);
    show(element("stream-figures"), arm && !recorded);
    for (const id of ["safety", "stop", "stop-footer"]) {
      show(element(id), moves(scene));
    }
    show(element("stop-latches"), operated);
    show(element("stop-ends"), !operated);
    say(element("stop-key"), operated ? "Space" : "Esc");
    element("stop").title = operated ? "Space or Escape" : "Escape";
    this.useTheme(localStorage.getItem(themeKey) ?? "");
  }

  connection(phase: Phase, words: string): void {
    this.phase = phase;
    const link = element("link");
    link.dataset.phase = phase;
    const open = this.scene.control === "recorded" ? "recording" : "live";
    say(link, phase === "open" ? open : phase === "lost" ? "no connection" : "connecting");
    document.body.classList.toggle("offline", phase !== "open");
    if (phase === "lost") {
      say(this.guide, words);
    }
  }

  /** Frames have stopped coming although the link is open, or come again. */
  silent(silent: boolean): void {
    if (silent !== this.wasSilent) {
      this.wasSilent = silent;
      document.body.classList.toggle("offline", silent || this.phase !== "open");
      if (silent) {
        say(this.guide, "No picture has come for a second: what you see is old.");
      }
    }
  }

  /** A stop was not sent. */
  unheard(): void {
    say(this.guide, "Stop was NOT sent: there is no connection. Use the switch in the servos' supply.");
  }

  /** The host did not do what was asked. */
  refused(why: string): void {
    [this.refusal, this.refusedAt] = [why, performance.now()];
  }

  /** @param mine This window steers. */
  take(status: Status, mine: boolean): void {
    this.status = status;
    const ready = mine && !status.stopped;
    document.body.dataset.mode = status.mode;
    document.body.classList.toggle("mine", mine);
    document.body.classList.toggle("stopped", status.stopped);
    // Why it is stopped stands above already.
    say(element("mode"), status.stopped && this.scene.control !== "recorded" ? "stopped" : status.words);
    const take = element<HTMLButtonElement>("take");
    say(take, mine ? "Let go of control" : status.holder === 0 ? "Take control" : "Take over control");
    take.classList.toggle("primary", !mine);
    say(element("who"), this.steers(status, mine));
    say(element("windows"), status.viewers === 1 ? "" : `${status.viewers} windows look on`);
    for (const id of steering) {
      element<HTMLButtonElement>(id).disabled = !ready;
    }
    show(element("rotate"), status.turnCounts);
    for (const angle of ["target-roll", "target-pitch", "target-yaw"]) {
      element<HTMLInputElement>(angle).disabled ||= !status.turnCounts;
    }
    element<HTMLButtonElement>("play").disabled ||= status.taught < 2;
    element<HTMLButtonElement>("forget").disabled ||= status.taught === 0;
    say(element("taught"), status.played !== null ? `playing, ${Math.round(100 * status.played)} %`
      : status.taught === 0 ? "No pose is taught yet: move the arm, then teach; two poses can be played."
        : `${status.taught} pose${status.taught === 1 ? "" : "s"} taught`);
    say(element("record"), status.recording ? "End recording" : "Record");
    element("record").setAttribute("aria-pressed", String(status.recording));
    show(element("latched"), status.stopped && this.scene.control !== "recorded");
    say(element("reason"), status.stopped ? status.words : "");
    show(element("rearm"), mine);
    show(element("rearm-hint"), !mine && this.scene.control === "operated");
    say(element("rate"), `${status.rate.toFixed(1)} Hz`);
    element("missed").classList.toggle("bad", status.missed > 0);
    say(element("missed"), String(status.missed));
    say(element("lateness"), `${(1000 * status.lateness).toFixed(1)} ms`);
    if (!this.wasSilent) {
      say(this.guide, this.next(status, mine));
    }
  }

  private steers(status: Status, mine: boolean): string {
    if (this.scene.control !== "operated") {
      return this.scene.control === "recorded" ? "Recording" : "Watching";
    }
    return mine ? "You steer" : status.holder === 0 ? "Nobody steers" : `${status.holderName} steers, you watch`;
  }

  /** What to do next, in one sentence. */
  private next(status: Status, mine: boolean): string {
    if (this.refusal !== "" && performance.now() - this.refusedAt < refusalStays) {
      return `Not done: ${this.refusal}.`;
    }
    if (this.scene.control === "recorded") {
      return "A recording: nothing moves. Play it, or drag the time line; what happened is listed below and leads there.";
    }
    if (this.scene.control === "watched") {
      return this.scene.arm ? "The arm reaches for random targets in a time of its own. To steer it from here, leave out --virtual-time."
        : this.scene.motion === "" ? "The board moves by itself."
          : `The board moves by itself. To lead it from here, start it as: ganglion teleop --${
            this.scene.walker ? "gait" : "rhythm"} ${this.scene.motion}`;
    }
    if (status.stopped) {
      return mine ? "Stopped. Look at the reason, then press Arm again." : "Stopped. Take control, then arm it again.";
    }
    if (this.scene.rhythm) {
      return this.sets(status, mine, this.scene.rhythm.board);
    }
    if (!mine) {
      return status.holder === 0 ? "Press Take control to steer. Until then you watch."
        : `${status.holderName} steers. You can take over; it will see that.`;
    }
    if (!this.scene.arm) {
      return this.leads(status);
    }
    if (this.driver.deadman.held) {
      return status.outOfReach !== null ? "The target is out of reach: the tip goes as near as it can."
        : "It moves while you hold. Let go and it stays where it is.";
    }
    return "Drag the orange ball by its arrows: the tip follows while you hold. Or type a target, or use the arrow keys, and hold M.";
  }

  /** The same for a rhythm that people set. */
  private sets(status: Status, mine: boolean, board: boolean): string {
    if (!mine) {
      return status.holder === 0 ? "Press Take control to set it. Until then you watch."
        : `${status.holderName} sets it. You can take over; it will see that.`;
    }
    return !board ? "Move a slider, or type a number: the rhythm follows at once."
      : status.mode === "moving" ? "The board plays while you hold M or the button. Let go: it dies away. Come to rest ends it."
        : "Move a slider: the rhythm follows at once. Hold Send to board, then hold M: the board plays it as it is set now.";
  }

  /** The same for what a board does by itself. */
  private leads(status: Status): string {
    const walks = this.scene.walker !== null;
    if (status.mode !== "moving") {
      return `Hold Start: it ${walks ? "stands up and steps on the spot" : "plays"}. ${walks ? "" : "Then hold M to let it go on."}`;
    }
    return walks
      ? "Drag the stick, or hold M and use the arrow keys: forward, back, turn. Let go: it steps on the spot. Come to rest ends it."
      : "It plays while you hold M or the button; the sliders change frequency and amplitude. Let go: it dies away.";
  }

  private nextTheme(): void {
    const dark = document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    this.useTheme(dark ? "light" : "dark");
  }

  private useTheme(theme: string): void {
    if (theme === "light" || theme === "dark") {
      document.documentElement.dataset.theme = theme;
      localStorage.setItem(themeKey, theme);
    }
  }
}
