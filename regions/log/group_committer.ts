import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CommitUnit } from "./commit_unit.ts";
import { isOutcomeUnknown } from "./is_outcome_unknown.ts";

interface Waiting {
  unit: CommitUnit;
  failed: () => void;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Units that one transaction carries at most. */
const BATCH = 500;

/**
 * Commits units in the order they came, many in one transaction: while one transaction is under
 * way the next one gathers. Amortised O(1) round trips a batch, whatever its size.
 */
export class GroupCommitter {
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;
  #delivered: string[] = [];
  #lost: unknown = null;

  /**
   * @param write Writes units and forgets delivered effects in one transaction. After it threw
   * for a tenant, all that waits of that tenant is refused too: it was decided on a state that
   * never became. When it throws `stale_epoch` nothing is written ever again.
   * @param lost Called once when another process has taken the log: this one must end.
   */
  constructor(
    readonly write: (units: readonly CommitUnit[], delivered: readonly string[]) => Promise<void>,
    readonly lost: (error: unknown) => void = () => {},
  ) {}

  /**
   * Resolves once the unit is durable; rejects if it, or one before it, could not be written.
   *
   * @param failed Called before any later unit can be written, so that its owner stops deciding.
   */
  commit(unit: CommitUnit, failed: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = { unit, failed, resolve, reject };
      if (this.#lost) return refuse([waiting], this.#lost);
      this.#waiting.push(waiting);
      this.#run();
    });
  }

  /** Marks effects as delivered; they are forgotten with the next transaction. */
  delivered(ids: readonly string[]): void {
    if (this.#lost) return;
    for (const id of ids) this.#delivered.push(id);
    this.#run();
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #run(): void {
    this.#running ??= this.#drain().finally(() => {
      this.#running = null;
      if (this.#waiting.length > 0 || this.#delivered.length > 0) this.#run();
    });
  }

  async #drain(): Promise<void> {
    // One turn of the event loop lets everything that is ready join the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0 || this.#delivered.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      const delivered = this.#delivered.splice(0, BATCH * 4);
      try {
        await this.write(batch.map(({ unit }) => withPosition(unit)), delivered);
        for (const w of batch) w.resolve();
      } catch (error) {
        if (isStale(error)) return this.#end(batch, error);
        // What was perhaps written must not be written again: each state is read anew.
        if (isOutcomeUnknown(error)) this.#refuseTenants(batch, error);
        // Undelivered marks only mean that a receiver drops a repeat. What cannot be stored is one
        // tenant's affair: the others' units are written without it.
        else for (const own of byTenant(batch)) await this.#writeAlone(own);
      }
    }
  }

  async #writeAlone(batch: Waiting[]): Promise<void> {
    if (this.#lost) return refuse(batch, this.#lost);
    try {
      // A position would cover the events of whoever fails beside it; a PoP's repeats do no harm.
      await this.write(batch.map(({ unit }) => withoutPosition(unit)), []);
      for (const w of batch) w.resolve();
    } catch (error) {
      if (isStale(error)) this.#end(batch, error);
      else this.#refuseTenants(batch, error);
    }
  }

  /** Refuses units, and all that waits behind them of the same tenants. */
  #refuseTenants(batch: readonly Waiting[], error: unknown): void {
    const tenants = new Set(batch.map((w) => w.unit.tenantId));
    const behind = this.#waiting.filter((w) => tenants.has(w.unit.tenantId));
    this.#waiting = this.#waiting.filter((w) => !tenants.has(w.unit.tenantId));
    refuse([...batch, ...behind], error);
  }

  #end(batch: readonly Waiting[], error: unknown): void {
    this.#lost = error;
    const refused = [...batch, ...this.#waiting.splice(0)];
    this.#delivered = [];
    refuse(refused, error);
    this.lost(error);
  }
}

/** A later position would cover an event that came to nothing: the PoP would never repeat it. */
function withPosition(unit: CommitUnit): CommitUnit {
  return unit.popPosition?.link.broken ? withoutPosition(unit) : unit;
}

function withoutPosition({ popPosition: _, ...unit }: CommitUnit): CommitUnit {
  return unit;
}

function refuse(batch: readonly Waiting[], error: unknown): void {
  for (const { unit } of batch) if (unit.popPosition) unit.popPosition.link.broken = true;
  for (const w of batch) w.failed();
  for (const w of batch) w.reject(error);
}

function isStale(error: unknown): boolean {
  return error instanceof AntiphonError && error.code === "stale_epoch";
}

function byTenant(batch: readonly Waiting[]): Waiting[][] {
  return [...Map.groupBy(batch, (w) => w.unit.tenantId).values()];
}
