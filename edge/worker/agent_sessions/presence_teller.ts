import type { ObjectFacts } from "../storage/object_facts.ts";
import type { DesktopSnapshot } from "../../../protocol/agent_session/agent_view.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { SessionFacts } from "./session_facts.ts";
import type { PresenceOutcome } from "./session_ports.ts";

/** What telling needs of the session around it. */
export interface PresencePorts {
  facts: ObjectFacts<SessionFacts>;
  anyOpen(): boolean;
  tell(connected: boolean): Promise<PresenceOutcome>;
  /** A snapshot came for the desktops that are there. */
  snapshot(snapshot: DesktopSnapshot): void;
  /** The cluster took it. */
  answered(): void;
  /** It did not take what was told it from `since` on, in milliseconds. */
  failed(since: number): void;
  now(): number;
  log: Logger;
}

/** How long a lost desktop may take to come back before the cell hears of it. */
const GRACE_MS = 15_000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5_000;
/** Nobody waits for the news that an agent has gone. */
const LAST_GONE_RETRY_MS = 30_000;
/** A cell that has not taken that news in a day has other ways to learn it. */
const GIVE_UP_MS = 24 * 60 * 60_000;

/**
 * Tells the cell whether the agent's desktop is there: at once when it comes, after a grace time
 * when it goes, again and again until the cell has taken it, and one call at a time.
 */
export class PresenceTeller {
  #running: Promise<void> | null = null;
  #failures = 0;
  #retryAt: number | null = null;

  constructor(readonly ports: PresencePorts) {}

  /** Settles when the call that is under way, if any, has been answered. */
  get underWay(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  /** When there is next something to tell, in milliseconds; null: nothing to tell. */
  get dueAt(): number | null {
    const { facts } = this.ports;
    const told = facts.get("toldConnected");
    if (this.ports.anyOpen()) {
      return told === true && !facts.get("snapshotDue") ? null : this.#retryAt ?? 0;
    }
    const goneAt = facts.get("goneAt");
    if (told !== true || goneAt === null) return null;
    return Math.max(this.#retryAt ?? 0, goneAt + GRACE_MS);
  }

  /** Tells what is due. Never throws. */
  run(): Promise<void> {
    this.#running ??= this.#tellAll().finally(() => this.#running = null);
    return this.#running;
  }

  /** A desktop has come: what failed before may work now. */
  retryNow(): void {
    this.#retryAt = null;
  }

  async #tellAll(): Promise<void> {
    const { facts, now } = this.ports;
    for (let due = this.dueAt; due !== null && due <= now(); due = this.dueAt) {
      const connected = this.ports.anyOpen();
      const since = now();
      const outcome = await this.ports.tell(connected);
      if (outcome.kind === "again") {
        this.ports.failed(since);
        this.#failed(connected, outcome.reason);
        continue;
      }
      this.#failures = 0;
      this.#retryAt = null;
      facts.set("toldConnected", connected);
      if (connected) facts.set("snapshotDue", false);
      this.ports.answered();
      if (outcome.snapshot) this.ports.snapshot(outcome.snapshot);
    }
  }

  #failed(connected: boolean, reason: string): void {
    const { facts, now, log } = this.ports;
    const goneAt = facts.get("goneAt");
    if (!connected && goneAt !== null && now() > goneAt + GIVE_UP_MS) {
      log.error("presence.given_up", { goneAt, reason });
      facts.set("toldConnected", false);
      return;
    }
    const most = connected ? LAST_RETRY_MS : LAST_GONE_RETRY_MS;
    const wait = Math.min(FIRST_RETRY_MS * 2 ** Math.min(this.#failures, 20), most);
    this.#failures += 1;
    this.#retryAt = now() + wait;
    log.warn("presence.not_taken", { connected, attempts: this.#failures, reason });
  }
}
