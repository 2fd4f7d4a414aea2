import { MOST_WEBHOOKS } from "../../../protocol/inbox/webhook_batch.ts";
import type { WebhookDelivery } from "../../../protocol/inbox/webhook_delivery.ts";
import type { Counters } from "../../../protocol/telemetry/counters.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { Sql } from "../storage/sql.ts";
import type { InboxArrival, InboxState } from "./asset_inbox_calls.ts";
import { InboxStore, type Waiting } from "./inbox_store.ts";
import { retryDelay } from "./retry_delay.ts";

/** What came of one attempt: taken but for some, refused for good, or to be tried again. */
export type DeliveryOutcome =
  | { kind: "taken"; reason: string; refused: readonly { deliveryId: string; code: string }[] }
  | { kind: "refused" | "again"; /** A status or code, for operators. */ reason: string };

/** What an inbox needs of the world. */
export interface AssetInboxPorts {
  sql: Sql;
  /** Hands webhooks to their tenant's cluster, in order. Never throws; has a deadline. */
  deliver(deliveries: readonly WebhookDelivery[]): Promise<DeliveryOutcome>;
  /** Sees to it that `alarm()` is called at that time, also after a restart. */
  setAlarm(at: number): Promise<void>;
  now(): number;
  random(): number;
  counters: Counters;
  log: Logger;
}

/** A delivery not taken for so long has failed. */
const GIVE_UP_MS = 7 * 24 * 60 * 60_000;
/** Failed ones are deleted after so long. */
const KEEP_FAILED_MS = 30 * 24 * 60 * 60_000;
const SWEEP_MS = 24 * 60 * 60_000;
/** Should the process end in the middle of a delivery, it is taken up again after this. */
const SAFETY_MS = 5_000;
/** An arrival during an outage asks the cluster again, but not more often than this. */
const HASTE_MS = 500;
/** Bytes of bodies that go in one request, unless a single one has more. */
const BATCH_BYTES = 1_048_576;

/**
 * One asset's webhooks: stored, then handed to the tenant's cluster in order of arrival until it has
 * taken them. One that the cluster refuses for good, or has not taken in seven days, is set aside
 * with a log line, and does not hold up those behind it.
 */
export class AssetInbox {
  readonly #store: InboxStore;
  #delivering: Promise<void> | null = null;
  #attemptedAt = -Infinity;
  #nextAttemptAt: number | null = null;

  constructor(readonly ports: AssetInboxPorts) {
    this.#store = new InboxStore(ports.sql);
  }

  /** Stores an arrival. The caller then starts `deliver()`, without waiting for it. */
  async take(arrival: InboxArrival): Promise<"stored" | "repeat" | "full"> {
    const outcome = this.#store.add(arrival);
    this.ports.counters.add("antiphon_edge_webhooks_total", { outcome });
    if (outcome === "stored" && !this.#delivering) {
      await this.ports.setAlarm(this.ports.now() + SAFETY_MS);
    }
    return outcome;
  }

  /** Delivers what waits, as far as the cluster takes it. One run at a time; never throws. */
  deliver(): Promise<void> {
    const { now } = this.ports;
    if (this.#delivering) return this.#delivering;
    if (this.#nextAttemptAt !== null && now() < this.#attemptedAt + HASTE_MS) {
      return this.ports.setAlarm(this.#nextAttemptAt);
    }
    this.#delivering = this.#run().finally(() => this.#delivering = null);
    return this.#delivering;
  }

  /** What the alarm does. */
  async alarm(): Promise<void> {
    const { now, log } = this.ports;
    const gone = this.#store.deleteFailedBefore(now() - KEEP_FAILED_MS);
    if (gone > 0) log.warn("inbox.failed_deleted", { count: gone });
    if (this.#store.oldest(1, 0).length > 0) await this.ports.setAlarm(now() + SAFETY_MS);
    this.#nextAttemptAt = null;
    await this.deliver();
    const { pending, failed } = this.#store.state();
    if (pending === 0 && failed > 0) await this.ports.setAlarm(now() + SWEEP_MS);
  }

  state(): InboxState {
    return { ...this.#store.state(), nextAttemptAt: this.#nextAttemptAt };
  }

  /** Puts failed ones back. The caller then starts `deliver()`. */
  async retryFailed(): Promise<number> {
    const count = this.#store.retryFailed();
    if (count > 0) await this.ports.setAlarm(this.ports.now() + SAFETY_MS);
    return count;
  }

  async #run(): Promise<void> {
    const { now, counters } = this.ports;
    this.#nextAttemptAt = null;
    let most = MOST_WEBHOOKS;
    for (let heads = this.#heads(most); heads.length > 0; heads = this.#heads(most)) {
      this.#attemptedAt = now();
      const outcome = await this.ports.deliver(
        heads.map(({ id: _id, attempts: _attempts, ...it }) => ({ ...it, channel: "whatsapp" })),
      );
      counters.add("antiphon_edge_webhook_attempts_total", { outcome: outcome.kind });
      if (outcome.kind === "taken") this.#taken(heads, outcome.refused);
      else if (outcome.kind === "again") {
        if (!this.#failOld(heads[0], outcome.reason)) return await this.#wait(heads[0], outcome);
      } else if (heads.length === 1) this.#fail(heads[0], outcome.reason);
      // Which of them it is shows one by one.
      most = outcome.kind === "refused" && heads.length > 1 ? 1 : MOST_WEBHOOKS;
    }
  }

  #heads(most: number): Waiting[] {
    return this.#store.oldest(most, BATCH_BYTES);
  }

  #taken(heads: Waiting[], refused: readonly { deliveryId: string; code: string }[]): void {
    const codes = new Map(refused.map(({ deliveryId, code }) => [deliveryId, code]));
    for (const head of heads) {
      const code = codes.get(head.deliveryId);
      if (code === undefined) this.#store.delivered(head);
      else this.#fail(head, code);
    }
  }

  /** Whether it has waited long enough. */
  #failOld(head: Waiting, reason: string): boolean {
    if (this.ports.now() - head.receivedAt < GIVE_UP_MS) return false;
    this.#store.attempted(head.id);
    this.#fail(head, `not taken in time: ${reason}`);
    return true;
  }

  #wait(head: Waiting, { reason }: DeliveryOutcome): Promise<void> {
    const { now, log, random } = this.ports;
    const attempts = this.#store.attempted(head.id);
    const wait = retryDelay(attempts, now() - head.receivedAt, random());
    this.#nextAttemptAt = now() + wait;
    log.warn("inbox.not_taken", { deliveryId: head.deliveryId, attempts, reason, wait });
    return this.ports.setAlarm(this.#nextAttemptAt);
  }

  #fail(head: Waiting, reason: string): void {
    this.#store.fail(head, this.ports.now(), reason);
    this.ports.counters.add("antiphon_edge_webhooks_failed_total");
    this.ports.log.error("inbox.failed", {
      deliveryId: head.deliveryId,
      tenantId: head.tenantId,
      assetId: head.assetId,
      receivedAt: head.receivedAt,
      reason,
    });
  }
}
