import { join } from "node:path";
import { SignJWT } from "jose";

/** The bot is spoken with over the wire only, like any peer. */
const MAIN = join(import.meta.dirname!, "../../tests/peers/rule_bot/main.ts");
const KEY = "0123456789abcdef01234567";

/** The rule bot as a process of its own; for tests. */
export class RuleBotProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #url: string;

  private constructor(child: Deno.ChildProcess, url: string) {
    this.#child = child;
    this.#url = url;
  }

  static async start(): Promise<RuleBotProcess> {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", MAIN, "--port", "0", "--secret", `whsec_${btoa(KEY)}`],
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
    return new RuleBotProcess(child, JSON.parse(text).streaming);
  }

  get host(): string {
    return new URL(this.#url).host;
  }

  /** Its address, misbehaving as named. */
  url(does?: string): string {
    return does === undefined ? this.#url : `${this.#url}?does=${does}`;
  }

  /** What a cell signs for a stream. */
  static async authorization(url: string, streamId: string, key = KEY): Promise<string> {
    const token = await new SignJWT({ tenant: "t" }).setProtectedHeader({ alg: "HS256" })
      .setIssuer("antiphon").setAudience(url).setSubject("call").setJti(streamId).setIssuedAt()
      .setExpirationTime("1m").sign(new TextEncoder().encode(key));
    return `Bearer ${token}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGTERM");
    await this.#child.status;
  }
}
