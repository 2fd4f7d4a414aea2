import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { Cell } from "../cells/cell.ts";
import type { Random } from "../random/random.ts";
import type { Surroundings } from "../world/surroundings.ts";

/** Codes after which another address is tried. */
const ELSEWHERE = new Set(["unavailable", "not_active", "database_unavailable"]);
/** Silence after which the other address is asked, too. */
const HEDGE = 700;
/** How long both are asked again while each says no. */
const BUDGET = 6_000;
const FIRST_PAUSE = 50;
const LAST_PAUSE = 250;

/**
 * The edge's way to the cluster: the address that answered last is asked first; silence has the
 * other asked as well, and while both say no they are asked again. So one request may reach two
 * processes, and the answer that comes first counts.
 */
export class ClusterClient {
  #good = 0;

  constructor(readonly world: Surroundings, readonly random: Random) {}

  /**
   * One request.
   * @throws AntiphonError what the cell answered, or `unavailable`
   */
  call<T>(timeoutMs: number, run: (cell: Cell) => Promise<T>): Promise<T> {
    const { queue } = this.world;
    const began = queue.now;
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const flying = new Set<number>();
    const asked = new Set<number>();
    const cancels: (() => void)[] = [];
    let pause = FIRST_PAUSE;
    let resting = false;
    let over = false;
    let last = new AntiphonError("unavailable", "No address answered");

    const finish = (settle: () => void) => {
      over = true;
      for (const cancel of cancels) cancel();
      settle();
    };
    const start = (address: number) => {
      asked.add(address);
      flying.add(address);
      cancels.push(queue.after(HEDGE, () => flying.has(address) && next()));
      this.#ask(address, timeoutMs, run).then((value) => {
        if (over) return;
        this.#good = address;
        finish(() => resolve(value));
      }, (error) => {
        flying.delete(address);
        this.world.caught(error);
        if (over) return;
        if (!(error instanceof AntiphonError)) {
          const cause = new AntiphonError("unavailable", "The cell answered 500", { cause: error });
          return finish(() => reject(cause));
        }
        if (!ELSEWHERE.has(error.code)) return finish(() => reject(error));
        last = error;
        next();
      });
    };
    const next = () => {
      if (over) return;
      const address = [this.#good, 1 - this.#good].find((a) => !asked.has(a) && !flying.has(a));
      if (address !== undefined) return start(address);
      if (resting || flying.size === 2) return;
      if (flying.size === 0 && queue.now + pause > began + Math.min(BUDGET, timeoutMs)) {
        return finish(() => reject(last));
      }
      resting = true;
      cancels.push(queue.after(pause, () => {
        resting = false;
        asked.clear();
        next();
      }));
      pause = Math.min(2 * pause, LAST_PAUSE);
    };
    cancels.push(queue.after(timeoutMs, () => finish(() => reject(last))));
    next();
    return promise;
  }

  #ask<T>(address: number, timeoutMs: number, run: (cell: Cell) => Promise<T>): Promise<T> {
    const { cluster, network } = this.world;
    return network.request(this.random, timeoutMs, () => {
      try {
        return run(cluster.answering(address));
      } catch (error) {
        return Promise.reject(error);
      }
    });
  }
}
