import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { Cell } from "../cells/cell.ts";
import type { Random } from "../random/random.ts";
import type { Surroundings } from "../world/surroundings.ts";

/** Codes after which the other address is tried. */
const ELSEWHERE = new Set(["unavailable", "not_active", "database_unavailable"]);

/** The edge's way to the cluster: the address that answered last, else the other one. */
export class ClusterClient {
  #address = 0;

  constructor(readonly world: Surroundings, readonly random: Random) {}

  /**
   * One request.
   * @throws AntiphonError what the cell answered, or `unavailable`
   */
  async call<T>(timeoutMs: number, run: (cell: Cell) => Promise<T>): Promise<T> {
    const { cluster, network } = this.world;
    try {
      return await network.request(this.random, timeoutMs, () => {
        try {
          return run(cluster.answering(this.#address));
        } catch (error) {
          return Promise.reject(error);
        }
      });
    } catch (error) {
      this.world.caught(error);
      if (!(error instanceof AntiphonError)) {
        throw new AntiphonError("unavailable", "The cell answered 500", { cause: error });
      }
      if (ELSEWHERE.has(error.code)) this.#address = 1 - this.#address;
      throw error;
    }
  }
}
