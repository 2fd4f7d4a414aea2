import type { WhatsAppProvider } from "../../peers/whatsapp_provider.ts";
import type { History } from "../history/history.ts";
import { Ticker } from "./ticker.ts";

const GIVES_UP_MS = 20_000;
/** The provider waits before it sends a webhook again, in ms. */
const AGAIN_MS = 100;

/** Someone who writes to the contact centre. */
export interface Contact {
  id: string;
  /** One message, after which the agent ends the conversation; others go on. */
  short: boolean;
}

/**
 * People who write: each message waits for the last one's 200, as the provider's webhooks may, so
 * that their order is promised.
 */
export class Writers implements AsyncDisposable {
  readonly #numbers = new Map<string, number>();
  #refusals = 0;
  readonly #tickers: Ticker[] = [];

  constructor(readonly provider: WhatsAppProvider, readonly history: History) {}

  /** Lets someone write every so often, until {@linkcode stop}. */
  keepWriting(contact: () => Contact, everyMs: number): void {
    this.#tickers.push(new Ticker(everyMs, () => this.write(contact())));
  }

  /** Writes one message, again and again under its id until it is taken, as the provider does. */
  async write({ id: conversation, short }: Contact): Promise<void> {
    const number = (this.#numbers.get(conversation) ?? 0) + 1;
    this.#numbers.set(conversation, number);
    const text = `${short ? "short" : "long"} ${conversation} ${number}`;
    const id = `wamid.${conversation}.${String(number).padStart(6, "0")}`;
    const body = this.provider.webhook(conversation, text, id);
    const op = {
      ...{ kind: "op", op: "webhook", client: "provider", id } as const,
      ...{ conversation, number, text },
    };
    this.history.note({ ...op, phase: "invoke" });
    const until = performance.now() + GIVES_UP_MS;
    for (;;) {
      try {
        const response = await this.provider.post(body);
        await response.body?.cancel();
        if (response.ok) return this.history.note({ ...op, phase: "ok" });
        this.#noteAttempt(`${id}#${++this.#refusals}`, String(response.status));
        if (performance.now() > until) {
          return this.history.note({ ...op, phase: "fail", reason: String(response.status) });
        }
      } catch (error) {
        this.#noteAttempt(`${id}#${++this.#refusals}`, String(error));
        if (performance.now() > until) {
          return this.history.note({ ...op, phase: "unknown", reason: String(error) });
        }
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  /** A webhook that was not taken at once: the provider repeats it, but was refused. */
  #noteAttempt(id: string, reason: string): void {
    const op = { kind: "op", op: "webhook", client: "provider", id } as const;
    this.history.note({ ...op, phase: "invoke" });
    this.history.note({ ...op, phase: "fail", reason });
  }

  /** Nobody writes any more. */
  async stop(): Promise<void> {
    await Promise.all(this.#tickers.splice(0).map((ticker) => ticker[Symbol.asyncDispose]()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
