// Where the host asks for a token: the one behind # in the address, else one that is typed. It is exchanged once and leaves the address.
import { element, say, show } from "./dom";

/** Takes the token out of the address and exchanges it. */
export async function enterFromAddress(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) {
    history.replaceState(null, "", location.pathname);
    await enter(token);
  }
}

/** Asks for the token until it is right. */
export function askForToken(): Promise<void> {
  const dialog = element<HTMLDialogElement>("lock");
  const form = element<HTMLFormElement>("lock-form");
  const field = element<HTMLInputElement>("token");
  dialog.showModal();
  return new Promise(resolve => form.addEventListener("submit", async event => {
    event.preventDefault();
    const status = await enter(field.value.trim());
    if (status === 204) {
      dialog.close();
      resolve();
      return;
    }
    const wrong = element("token-wrong");
    show(wrong, true);
    say(wrong, status === 429 ? "Too many wrong tokens came from here. Wait a minute and try again."
      : "This is not the token. The program printed it behind #token= in the page's address.");
    field.select();
  }));
}

async function enter(token: string): Promise<number> {
  const answer = await fetch("session", { method: "POST", body: token, headers: { "content-type": "text/plain" } });
  return answer.status;
}
