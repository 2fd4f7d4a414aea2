import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { describePhoneLine } from "../call/describe_phone_line.ts";
import { type PhoneCall, runPhone } from "../call/run_phone.ts";
import { ROOT } from "../layout/rooms.ts";

/** A line of a call as the page shows it. */
export interface CallLine {
  event: string;
  at: number;
  text: string;
}

/** Places the console's calls, one at a time, and tells how they go. */
export class CallDesk {
  readonly #tell: (line: CallLine) => void;
  readonly #phone: typeof runPhone;
  #running: { abort: AbortController; ended: Promise<void> } | undefined;

  constructor(tell: (line: CallLine) => void, phone: typeof runPhone = runPhone) {
    this.#tell = tell;
    this.#phone = phone;
  }

  /**
   * Places a call; resolves at once.
   * @throws AntiphonError `conflict` while another one goes on
   */
  place(call: PhoneCall): void {
    if (this.#running) {
      throw new AntiphonError("conflict", "A call goes on: hang up first");
    }
    const abort = new AbortController();
    const ended = this.#follow(call, abort.signal).finally(() => this.#running = undefined);
    this.#running = { abort, ended };
  }

  /** Hangs up; resolves when the call has ended. */
  async hangUp(): Promise<void> {
    this.#running?.abort.abort();
    await this.#running?.ended;
  }

  async #follow(call: PhoneCall, signal: AbortSignal): Promise<void> {
    try {
      for await (const line of this.#phone(ROOT, call, signal)) {
        const text = describePhoneLine(line);
        if (text) this.#tell({ event: line.event, at: line.at, text });
      }
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.#tell({ event: "failed", at: Date.now(), text });
    }
  }
}
