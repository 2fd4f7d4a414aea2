import type { InteractionRecord } from "../../../protocol/interaction/interaction_record.ts";
import type { History } from "../history/history.ts";
import { type Person, signOn } from "./sign_on.ts";

/** Tokens are good for ten minutes. */
const TOKEN_MS = 5 * 60_000;
const GIVES_UP_MS = 10_000;

/** A supervisor's program that reads the tenant's API all the time. */
export class Reader {
  #token: { text: string; at: number } | undefined;
  #reads = 0;

  constructor(readonly who: Person) {}

  /** The tenant's live interactions. */
  async interactions(): Promise<InteractionRecord[]> {
    const response = await this.#ask();
    if (!response.ok) throw new Error(`interactions: ${response.status} ${await response.text()}`);
    return (await response.json()).items;
  }

  /** Reads once and notes how it went. */
  async read(history: History): Promise<void> {
    const op = { kind: "op", op: "read", client: "reader", id: `read-${++this.#reads}` } as const;
    history.note({ ...op, phase: "invoke" });
    try {
      const response = await this.#ask();
      await response.body?.cancel();
      const phase = response.ok ? "ok" : "fail";
      history.note({ ...op, phase, ...(response.ok ? {} : { reason: String(response.status) }) });
    } catch (error) {
      history.note({ ...op, phase: "unknown", reason: String(error) });
    }
  }

  /** Gets a new token while the old one is still good. */
  async freshen(): Promise<void> {
    if (this.#token && performance.now() - this.#token.at < TOKEN_MS) return;
    this.#token = { text: await signOn(this.who), at: performance.now() };
  }

  async #ask(): Promise<Response> {
    await this.freshen();
    return await fetch(`${this.who.edgeUrl}/v1/interactions?limit=100`, {
      headers: { authorization: `Bearer ${this.#token!.text}` },
      signal: AbortSignal.timeout(GIVES_UP_MS),
    });
  }
}
