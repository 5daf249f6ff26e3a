// The WebSocket to the host: opened again whenever it breaks, and never asked to send what it cannot.
import { Frame } from "./frame";

const retryAfter = 700;
const silentAfter = 1000;

export type Phase = "connecting" | "open" | "lost";

export class Connection {
  phase: Phase = "connecting";
  onFrame: (frame: Frame) => void = () => {};
  /** The host has told this window its number. */
  onIdentity: (me: number) => void = () => {};
  /** The host did not do what this window asked. */
  onRefused: (why: string) => void = () => {};
  onPhase: (phase: Phase, words: string) => void = () => {};
  /** Whether the host is still that which this page was made for; asked before the link is opened again. */
  isSame: () => Promise<boolean> = async () => true;
  private socket: WebSocket | null = null;
  private heard = 0;

  open(): void {
    const socket = new WebSocket(`ws://${location.host}/stream`);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onmessage = event => {
      this.heard = performance.now();
      if (typeof event.data === "string") {
        this.becomeOpen();
        const said = JSON.parse(event.data) as { you?: number; refused?: string };
        if (said.you !== undefined) {
          this.onIdentity(said.you);
        }
        if (said.refused !== undefined) {
          this.onRefused(said.refused);
        }
      } else {
        this.take(event.data as ArrayBuffer);
      }
    };
    socket.onclose = event => {
      if (this.socket === socket) {
        this.socket = null;
        this.become("lost", event.reason || "The program that drives the robot does not answer. Is it still running? " +
          "This page connects again by itself.");
        setTimeout(() => void this.again(), retryAfter);
      }
    };
  }

  private take(message: ArrayBuffer): void {
    let frame: Frame;
    try {
      frame = new Frame(message);
    } catch (error) {
      if (this.phase !== "lost") {
        this.become("lost", (error as Error).message);
      }
      return;
    }
    this.becomeOpen();
    this.onFrame(frame);
  }

  private async again(): Promise<void> {
    try {
      if (await this.isSame()) {
        this.open();
      }
    } catch {
      setTimeout(() => void this.again(), retryAfter);
    }
  }

  /** Sends a message, unless the link is down or still has old ones to send. */
  send(message: object): void {
    if (this.socket && this.socket.bufferedAmount <= 4096) {
      this.sendBehindAll(message);
    }
  }

  /** Sends a message also where old ones wait: a stop that comes late is better than one that was never sent.
   *  @returns false where there is no link. */
  sendBehindAll(message: object): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** Whether frames have stopped coming. */
  get silent(): boolean {
    return this.phase === "open" && performance.now() - this.heard > silentAfter;
  }

  private becomeOpen(): void {
    if (this.phase !== "open") {
      this.become("open", "");
    }
  }

  private become(phase: Phase, words: string): void {
    this.phase = phase;
    this.onPhase(phase, words);
  }
}
