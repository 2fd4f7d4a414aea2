import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { ClusterPart, Surroundings } from "../world/surroundings.ts";
import type { Cell } from "./cell.ts";
import { LinkPlace } from "./link_place.ts";
import { SimulatedCell } from "./simulated_cell.ts";

/** How long an ended process is away before it stands by, in ms. */
const RESTART = 500;

/**
 * The cluster's two addresses and what answers there: the holder, a process that lost its place
 * and does not know, or nobody.
 */
export class Cluster implements ClusterPart {
  readonly at: (SimulatedCell | null)[] = [null, null];
  /** What is to happen to the holder at a moment of its next commit. */
  doom: { when: "committing" | "committed"; run: () => void } | null = null;
  /** Where PoPs connect, by address; null while no process runs there. */
  readonly #places: (LinkPlace | null)[] = [null, null];
  #home = 0;
  #incarnation = 0;
  #processes = 0;

  constructor(readonly world: Surroundings) {}

  /** The process that holds the cluster, if one runs. */
  get holder(): SimulatedCell | null {
    const cell = this.at[this.#home];
    return cell?.epoch === this.world.log.epoch ? cell : null;
  }

  /** A process that goes on with an older epoch, if there is one. */
  get zombie(): SimulatedCell | null {
    return this.at.find((cell) => cell && cell.epoch < this.world.log.epoch) ?? null;
  }

  /** Where PoPs connect at an address, if a process runs there. */
  placeAt(address: number): LinkPlace | null {
    return this.#places[address];
  }

  /** The cluster becomes active at home; the other address stands by. */
  start(): void {
    this.#incarnation += 1;
    for (const address of [0, 1]) this.#standBy(address);
    const place = this.#places[this.#home]!;
    const cell = new SimulatedCell(this.world, this.world.log.epoch, this.#incarnation, place);
    this.at[this.#home] = cell;
    cell.start().catch((error) => this.world.caught(error));
  }

  /** Kills the holder's process; another starts at the same place. */
  crash(downMs: number): void {
    const cell = this.holder;
    if (!cell) return;
    this.#end(this.#home, cell);
    const epoch = this.world.log.epoch;
    this.world.queue.after(downMs, () => {
      if (this.world.log.epoch === epoch && this.at[this.#home] === null) this.start();
    });
  }

  /** A cell's commit has come to a moment at which it may be doomed. */
  reached(cell: Cell, when: "committing" | "committed"): void {
    if (this.doom?.when !== when || this.holder !== cell) return;
    const { run } = this.doom;
    this.doom = null;
    run();
  }

  /** A process found that the log is another's, and ends. One that should hold it starts anew. */
  lost(cell: Cell): void {
    const address = this.at.findIndex((it) => it === cell);
    if (address < 0) return;
    this.world.fact({ type: "place-lost", epoch: cell.epoch });
    if (this.holder === cell) return this.crash(500);
    this.#end(address, this.at[address]!);
  }

  /**
   * The standby takes over with a higher epoch. The old process goes on for a while, cut off from
   * its database and not knowing.
   */
  move(zombieMs: number, downMs: number): void {
    const { world } = this;
    const target = 1 - this.#home;
    const old = this.at[this.#home];
    const standing = this.at[target];
    if (standing) this.#end(target, standing);
    const lengths = [...world.log.tenants].map(([id, log]): [string, number] => [
      id,
      log.events.length,
    ]);
    if (old) old.frozen ??= new Map(lengths);
    const left = this.#home;
    this.#home = target;
    world.log.epoch += 1;
    const epoch = world.log.epoch;
    world.fact({ type: "cluster-moved", epoch });
    world.queue.after(downMs, () => world.log.epoch === epoch && this.start());
    world.queue.after(zombieMs, () => {
      if (old && this.at[left] === old) this.#end(left, old);
    });
  }

  /**
   * What answers at an address.
   * @throws AntiphonError `unavailable` when nothing does
   */
  answering(address: number): SimulatedCell {
    const cell = this.at[address];
    if (!cell) throw new AntiphonError("unavailable", "Connection refused");
    if (!cell.ready) throw new AntiphonError("not_active", "The cell is starting");
    return cell;
  }

  #standBy(address: number): void {
    if (this.#places[address]) return;
    this.#processes += 1;
    this.#places[address] = new LinkPlace(this.world, this.#processes);
  }

  #end(address: number, cell: SimulatedCell): void {
    this.at[address] = null;
    this.#places[address] = null;
    const committing = this.world.log.died(cell);
    cell.kill();
    this.world.fact({ type: "cell-crashed", epoch: cell.epoch, committing });
    for (const pop of this.world.pops.values()) pop.placeGone(cell.place);
    this.world.queue.after(RESTART, () => address !== this.#home && this.#standBy(address));
  }
}
