import type { CommitUnit } from "./commit_unit.ts";

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

  /**
   * @param write Writes units and forgets delivered effects in one transaction. After it threw
   * for a tenant, all that waits of that tenant is refused too: it was decided on a state that
   * never became.
   */
  constructor(
    readonly write: (units: readonly CommitUnit[], delivered: readonly string[]) => Promise<void>,
  ) {}

  /**
   * Resolves once the unit is durable; rejects if it, or one before it, could not be written.
   *
   * @param failed Called before any later unit can be written, so that its owner stops deciding.
   */
  commit(unit: CommitUnit, failed: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ unit, failed, resolve, reject });
      this.#run();
    });
  }

  /** Marks effects as delivered; they are forgotten with the next transaction. */
  delivered(ids: readonly string[]): void {
    this.#delivered.push(...ids);
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
        await this.write(batch.map((w) => w.unit), delivered);
        for (const w of batch) w.resolve();
      } catch {
        // Undelivered marks only mean that a receiver drops a repeat. What cannot be stored is one
        // tenant's affair: the others' units are written without it.
        for (const own of byTenant(batch)) await this.#writeAlone(own);
      }
    }
  }

  async #writeAlone(batch: Waiting[]): Promise<void> {
    try {
      // A position would cover the events of whoever fails beside it; a PoP's repeats do no harm.
      await this.write(batch.map(({ unit: { popPosition: _, ...unit } }) => unit), []);
      for (const w of batch) w.resolve();
    } catch (error) {
      const { tenantId } = batch[0].unit;
      const behind = this.#waiting.filter((w) => w.unit.tenantId === tenantId);
      this.#waiting = this.#waiting.filter((w) => w.unit.tenantId !== tenantId);
      for (const w of [...batch, ...behind]) w.failed();
      for (const w of [...batch, ...behind]) w.reject(error);
    }
  }
}

function byTenant(batch: readonly Waiting[]): Waiting[][] {
  return [...Map.groupBy(batch, (w) => w.unit.tenantId).values()];
}
