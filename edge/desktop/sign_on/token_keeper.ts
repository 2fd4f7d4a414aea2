import type { SignOnAnswer } from "../../../protocol/sign_on/sign_on.ts";
import { backoff } from "../time/backoff.ts";
import type { Clock } from "../time/clock.ts";
import type { SignOnOutcome } from "./sign_on_outcome.ts";

/** What a {@linkcode TokenKeeper} needs of its surroundings. */
export interface TokenKeeperOptions {
  clock: Clock;
  random: () => number;
  /** Asks the edge for a new token by the refresh cookie. */
  refresh: () => Promise<SignOnOutcome>;
  onRenewed: (answer: SignOnAnswer) => void;
  /** The sign-in is over: the edge refused to renew it. */
  onEnded: () => void;
}

/** Holds the access token in memory only and renews it before it ends, one renewal at a time. */
export class TokenKeeper {
  #options: TokenKeeperOptions;
  #token: string | null = null;
  #renewal: Promise<string | null> | null = null;
  #cancel: (() => void) | null = null;
  #failures = 0;

  constructor(options: TokenKeeperOptions) {
    this.#options = options;
  }

  /** The token; empty when signed out. */
  get token(): string {
    return this.#token ?? "";
  }

  /** Takes a fresh answer and plans its renewal. */
  keep(answer: SignOnAnswer): void {
    this.#token = answer.accessToken;
    this.#failures = 0;
    const lead = Math.min(60, answer.expiresIn * 0.25);
    this.#plan(Math.max(1, answer.expiresIn - lead) * 1000);
  }

  /** Forgets the token. */
  drop(): void {
    this.#token = null;
    this.#cancel?.();
    this.#cancel = null;
  }

  /**
   * Renews now. Null when the sign-in is over.
   * @throws Error when the edge cannot be reached; another try is planned
   */
  renew(): Promise<string | null> {
    this.#renewal ??= this.#renew().finally(() => this.#renewal = null);
    return this.#renewal;
  }

  async #renew(): Promise<string | null> {
    const held = this.#token;
    const outcome = await this.#options.refresh();
    if (this.#token !== held || held === null) return this.#token;
    if (outcome.ok) {
      this.keep(outcome.answer);
      this.#options.onRenewed(outcome.answer);
      return outcome.answer.accessToken;
    }
    if (outcome.reason === "refused") {
      this.drop();
      this.#options.onEnded();
      return null;
    }
    const wait = backoff(this.#failures++, this.#options.random(), { first: 2000, most: 30_000 });
    this.#plan(Math.max(wait, (outcome.retryAfter ?? 0) * 1000));
    throw new Error(`The token could not be renewed: ${outcome.code}`);
  }

  #plan(ms: number): void {
    this.#cancel?.();
    this.#cancel = this.#options.clock.after(ms, () => {
      this.renew().catch(() => {
        // The next try is planned already; callers of renew() get the error themselves.
      });
    });
  }
}
