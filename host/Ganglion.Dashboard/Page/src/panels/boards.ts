// How every board and its link do.
import { create, element, say } from "../dom";
import { Section, type Frame } from "../frame";

/** Numbers of a board in a frame, in the order of Stream/STREAM.md. */
const enum Column {
  State, Mode, Reason, Rate, Missed, StarvedTicks, ChecksumErrors, ChipErrors, Shortest, Mean, Longest, Jitter, Work, Tick, Overruns,
  Buffered, Count,
}

const states = ["booting", "idle, outputs off", "armed", "running", "holding", "safe, latched"];

export class Boards {
  private readonly cells: HTMLElement[][] = [];

  /** @param times The board's clock is compared with the host's: of a recording it is not. */
  constructor(names: string[], private readonly times: boolean) {
    const body = element("boards");
    for (const name of names) {
      const cells = Array.from({ length: 7 }, () => create("td", { class: "number" }));
      cells[0].className = "state";
      this.cells.push(cells);
      body.append(create("tr", {}, create("th", { scope: "row" }, name), ...cells));
    }
  }

  take(frame: Frame): void {
    const boards = frame.part(Section.Boards);
    for (let i = 0; boards && i < Math.min(boards.count, this.cells.length); i++) {
      const of = (column: Column) => boards.numbers[i * Column.Count + column];
      const cells = this.cells[i];
      const state = of(Column.State);
      cells[0].dataset.state = String(state);
      say(cells[0], state < 0 ? "not connected" : states[state] ?? "?");
      say(cells[1], of(Column.Rate).toFixed(1));
      this.count(cells[2], of(Column.Missed));
      say(cells[3], of(Column.Longest) > 0 ? `${milliseconds(of(Column.Mean))} / ${milliseconds(of(Column.Longest))}` : "–");
      say(cells[4], this.times ? milliseconds(of(Column.Jitter), 2) : "–");
      say(cells[5], `${milliseconds(of(Column.Work))} / ${milliseconds(of(Column.Tick), 0)}`);
      this.count(cells[6], of(Column.ChipErrors) + of(Column.ChecksumErrors));
    }
  }

  /** A number that should be 0. */
  private count(cell: HTMLElement, value: number): void {
    cell.classList.toggle("bad", value > 0);
    say(cell, value.toFixed(0));
  }
}

const milliseconds = (seconds: number, digits = 1): string => (1000 * seconds).toFixed(digits);
