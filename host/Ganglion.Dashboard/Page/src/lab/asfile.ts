// The rhythm as it is set, as a file that `ganglion rhythm play` plays: to copy, or to be written by the host where a file was named.
import type { Connection } from "../connection";
import { element, say, show } from "../dom";
import type { RhythmScene } from "../scene";
import type { RhythmStatus } from "../status";

export class AsFile {
  private readonly details = element<HTMLDetailsElement>("file-text-panel");
  private readonly text = element("file-text");
  private shown = -1;
  private wanted = 0;

  constructor(private readonly scene: RhythmScene, link: Connection) {
    show(element("save"), scene.saves);
    element("save").addEventListener("click", () => link.send({ t: "save" }));
    element("copy").addEventListener("click", () => void navigator.clipboard.writeText(this.text.textContent ?? "")
      .then(() => say(element("copy"), "Copied"), () => say(element("copy"), "Mark the text and copy it")));
  }

  take(status: RhythmStatus, mine: boolean): void {
    element<HTMLButtonElement>("save").disabled = !mine;
    if (this.scene.file && this.details.open && this.shown !== status.settings && this.wanted !== status.settings + 1) {
      this.wanted = status.settings + 1;
      void this.load(status.settings);
    }
  }

  private async load(settings: number): Promise<void> {
    try {
      const answer = await fetch("text");
      if (answer.ok) {
        say(this.text, await answer.text());
        say(element("copy"), "Copy");
        this.shown = settings;
      }
    } catch {
      // The link is down; the connection says so.
    } finally {
      this.wanted = 0;
    }
  }
}
