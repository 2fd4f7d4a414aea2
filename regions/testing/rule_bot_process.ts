import { join } from "node:path";

/** The bot is spoken with over the wire only, like any peer. */
const MAIN = join(import.meta.dirname!, "../../tests/peers/rule_bot/main.ts");

/** The secret that the rule bot of a test knows. */
export const BOT_SECRET = `whsec_${btoa("0123456789abcdef01234567")}`;

/** A bot that answers by rules, as a process of its own; for tests. */
export interface RuleBotProcess extends AsyncDisposable {
  /** "127.0.0.1:1234". */
  host: string;
  /** Its address for a webhook, misbehaving as named. */
  url(does?: string): string;
}

/** Starts the rule bot on a free port. */
export async function ruleBotProcess(): Promise<RuleBotProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", MAIN, "--port", "0", "--secret", BOT_SECRET],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error("The bot did not start");
    text += value;
  }
  void reader.cancel();
  const { webhook } = JSON.parse(text);
  return {
    host: new URL(webhook).host,
    url: (does) => does === undefined ? webhook : `${webhook}?does=${does}`,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
    },
  };
}
