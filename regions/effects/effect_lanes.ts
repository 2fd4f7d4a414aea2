import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { StoredEffect } from "../log/commit_unit.ts";

/** Delivers the effects at the head of one lane; resolves once the receiver has taken them. */
export type DeliverEffects = (
  tenantId: string,
  effects: readonly StoredEffect[],
) => Promise<void>;

interface Lane {
  tenantId: string;
  waiting: StoredEffect[];
  attempts: number;
}

/** Options of {@linkcode EffectLanes}. */
export interface EffectLanesOptions {
  deliver: DeliverEffects;
  delivered: (ids: readonly string[]) => void;
  /** Waits this many milliseconds; rejects when the cell closes. */
  delay: (ms: number) => Promise<void>;
  log: Logger;
}

/** Effects taken from a lane at once. */
const BATCH = 50;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;

/**
 * Brings committed effects to their receivers: in order within a lane (one call, one desktop, one
 * conversation), side by side between lanes, again and again until they are taken. O(1) an effect.
 */
export class EffectLanes {
  readonly #lanes = new Map<string, Lane>();
  /** Ids of the effects under way. */
  readonly #known = new Set<string>();
  #closed = false;
  /** While nothing is to go out. */
  #paused: PromiseWithResolvers<void> | null = null;

  constructor(readonly options: EffectLanesOptions) {}

  /** Takes effects in, in the order they were committed. One that is under way is passed over. */
  add(tenantId: string, effects: readonly StoredEffect[]): void {
    for (const stored of effects) {
      if (this.#known.has(stored.id)) continue;
      this.#known.add(stored.id);
      const key = laneOf(tenantId, stored);
      const lane = this.#lanes.get(key);
      if (lane) {
        lane.waiting.push(stored);
        continue;
      }
      const fresh = { tenantId, waiting: [stored], attempts: 0 };
      this.#lanes.set(key, fresh);
      this.#run(key, fresh).catch((error) => {
        this.#lanes.delete(key);
        if (!this.#closed) this.options.log.error("effects.lane-failed", { error });
      });
    }
  }

  /** Begins nothing more; what is under way is finished. */
  pause(): void {
    this.#paused ??= Promise.withResolvers();
  }

  /** Goes on after a pause. */
  resume(): void {
    this.#paused?.resolve();
    this.#paused = null;
  }

  /** Stops delivering; what was not taken stays stored. */
  close(): void {
    this.#closed = true;
    this.resume();
  }

  async #run(key: string, lane: Lane): Promise<void> {
    // Effects of one batch of commits are added in one go: let them gather.
    await Promise.resolve();
    while (lane.waiting.length > 0 && !this.#closed) {
      if (this.#paused) {
        await this.#paused.promise;
        continue;
      }
      const batch = lane.waiting.slice(0, BATCH);
      try {
        await this.options.deliver(lane.tenantId, batch);
      } catch (error) {
        lane.attempts += 1;
        const wait = Math.min(FIRST_RETRY_MS * 2 ** (lane.attempts - 1), LAST_RETRY_MS);
        this.options.log[lane.attempts > 3 ? "warn" : "info"]("effects.retry", {
          to: batch[0].effect.to,
          attempts: lane.attempts,
          error: error instanceof Error ? error.message : String(error),
        });
        await this.options.delay(wait);
        continue;
      }
      lane.attempts = 0;
      lane.waiting.splice(0, batch.length);
      for (const { id } of batch) this.#known.delete(id);
      this.options.delivered(batch.map((stored) => stored.id));
    }
    this.#lanes.delete(key);
  }
}

function laneOf(tenantId: string, { effect }: StoredEffect): string {
  switch (effect.to) {
    case "pop":
      return `pop ${tenantId} ${effect.callId}`;
    case "desktop":
      return `desktop ${tenantId} ${effect.agentId}`;
    case "service":
      return `service ${tenantId} ${effect.interactionId} ${effect.step}`;
    case "provider":
      return `provider ${tenantId} ${effect.assetId} ${effect.contact}`;
  }
}
