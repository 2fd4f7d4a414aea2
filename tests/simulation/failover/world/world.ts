import { parseLsn } from "../../../../regions/keeper/lease/lsn.ts";
import { compareSync } from "../../../../regions/keeper/lease/compare_sync.ts";
import { viewLease } from "../../../../regions/keeper/lease/view_lease.ts";
import type { KeeperAction } from "../../../../regions/keeper/decisions/keeper_action.ts";
import type { KeeperObservation } from "../../../../regions/keeper/decisions/keeper_observation.ts";
import { EventQueue } from "../../clock/event_queue.ts";
import { Random } from "../../random/random.ts";
import { Cell } from "../parts/cell.ts";
import { Client } from "../parts/client.ts";
import { ENTRY_BYTES } from "../parts/folder.ts";
import { Keeper } from "../parts/keeper.ts";
import { Postgres } from "../parts/postgres.ts";
import { SiteClock } from "../parts/site_clock.ts";
import { Wires } from "../parts/wires.ts";

/** A promise that was broken. */
export class Broken extends Error {
  constructor(readonly check: string, message: string) {
    super(message);
  }
}

interface Acknowledged {
  timeline: number;
  length: number;
}

/** Three sites, a cluster over two of them, its clients, and what must hold of them. */
export class World {
  readonly queue = new EventQueue(0);
  readonly random: Random;
  readonly home = "eu-central";
  readonly away = "us-east";
  readonly data = [this.home, this.away];
  readonly sites = [...this.data, "control"];
  readonly clocks: Record<string, SiteClock> = {};
  readonly wires: Wires;
  readonly postgres: Record<string, Postgres> = {};
  readonly keepers: Record<string, Keeper> = {};
  readonly cells: Record<string, Cell> = {};
  readonly clients: Client[];
  readonly down = new Set<string>();
  /** What is acknowledged to tenants of class region, and must be there for ever. */
  readonly acknowledgedIds = new Map<string, Acknowledged>();
  readonly counts = { acknowledged: 0, activations: 0, forgiven: 0, terms: 0 };
  readonly notes: string[] | null;
  #acted: { site: string; epoch: number } | null = null;
  #held: { site: string; term: number } | null = null;
  #announced: { site: string; timeline: number; length: number } | null = null;
  #healed = false;
  violation: Broken | null = null;
  lastActiveAt = -Infinity;

  constructor(readonly seed: number, name: string, tell: boolean) {
    this.notes = tell ? [] : null;
    const { queue } = this;
    const random = this.random = new Random(seed, name);
    for (const site of [...this.sites, "outside"]) {
      const rate = 0.97 + random.unit() * 0.06;
      this.clocks[site] = new SiteClock(queue, rate, random.between(0, 1e6));
    }
    this.wires = new Wires(queue, new Random(seed, name, "wires"), random.between(1, 45));
    for (const site of this.data) {
      this.postgres[site] = new Postgres(this, site, this.other(site));
      this.cells[site] = new Cell(this, site, this.postgres[site]);
    }
    for (const site of this.sites) {
      const server = this.postgres[site] ?? null;
      const cell = this.cells[site] ?? null;
      this.keepers[site] = new Keeper(this, site, `${site}-1`, server, cell, this.other(site));
    }
    this.clients = ["ann", "bob"].map((it) => new Client(this, it, new Random(seed, name, it)));
    for (const site of this.sites) this.raise(site);
    for (const client of this.clients) client.start();
  }

  other(site: string): string {
    return site === this.home ? this.away : this.home;
  }

  /** Where the cluster is active, by its cells. */
  get active(): string | null {
    return this.data.find((site) => this.cells[site].acts) ?? null;
  }

  /** Active, and the other site has everything. */
  get healthy(): boolean {
    const { active } = this;
    if (!active || this.down.size > 0) return false;
    const keeper = this.keepers[active];
    const mine = viewLease(keeper.lease, keeper.now).mine;
    return !!mine?.durable && mine.sync.inSync.length === 2 && keeper.state.barrier === null;
  }

  /** Starts whatever of a site does not run. */
  raise(site: string): void {
    this.down.delete(site);
    this.keepers[site].start();
    this.cells[site]?.start();
  }

  /** A whole site loses its power. */
  fell(site: string): void {
    this.note(site, "site down");
    this.down.add(site);
    for (const part of this.partsOf(site)) part.thaw();
    this.keepers[site].process.kill();
    this.postgres[site]?.kill();
    this.cells[site]?.process.kill();
    if (this.cells[site]) this.cells[site].phase = "standby";
  }

  freeze(site: string): void {
    this.note(site, "frozen");
    for (const process of this.partsOf(site)) process.freeze();
  }

  thaw(site: string): void {
    this.note(site, "thawed");
    for (const process of this.partsOf(site)) process.thaw();
  }

  partsOf(site: string) {
    return [this.keepers[site], this.postgres[site], this.cells[site]].flatMap((it) =>
      it ? [it.process] : []
    );
  }

  /** Kills a keeper; whoever watches it starts it anew after `ms`. */
  killKeeper(site: string, ms = this.random.between(200, 2000)): void {
    this.note(site, "keeper killed");
    this.keepers[site].process.kill();
    this.queue.after(ms, () => {
      if (!this.down.has(site)) this.keepers[site].start();
    });
  }

  killCell(site: string): void {
    this.note(site, "cell killed");
    this.cells[site].exit();
  }

  killPostgres(site: string): void {
    this.note(site, "postgres killed");
    this.postgres[site].kill();
  }

  superviseCell(cell: Cell): void {
    this.queue.after(this.random.between(200, 800), () => {
      if (!this.down.has(cell.site)) cell.start();
    });
  }

  /** A fault, or its end; nothing once all is healed. */
  later(ms: number, run: () => void): void {
    this.queue.after(ms, () => this.#healed ? undefined : run());
  }

  /** Ends every fault. */
  heal(): void {
    this.note("world", "healed");
    this.#healed = true;
    this.wires.heal();
    for (const site of this.sites) {
      this.thaw(site);
      if (this.postgres[site]) this.postgres[site].diskFull = false;
      this.raise(site);
    }
  }

  note(site: string, text: string): void {
    this.notes?.push(`${this.queue.now.toFixed(0).padStart(8)}  ${site.padEnd(10)}  ${text}`);
  }

  broken(check: string, message: string): void {
    if (this.violation) return;
    this.violation = new Broken(check, message);
    this.note("check", `${check}: ${message}`);
  }

  /** Runs for `ms`, or until `until` says so. True if it did. */
  run(ms: number, until: () => boolean = () => false): boolean {
    const end = this.queue.now + ms;
    while (!this.violation && this.queue.next <= end) {
      this.queue.step();
      this.#oneActs();
      if (until()) return true;
    }
    return until();
  }

  #oneActs(): void {
    const [a, b] = this.data;
    if (this.cells[a].acts && this.cells[b].acts) this.broken("one-acts", "both cells act");
  }

  activated(cell: Cell): void {
    const { site, epoch } = cell;
    this.counts.activations++;
    this.note(site, `cell active, epoch ${epoch}`);
    const before = this.#acted;
    if (before && (site === before.site ? epoch < before.epoch : epoch <= before.epoch)) {
      this.broken("epochs", `${site} acts under ${epoch} after ${before.site}'s ${before.epoch}`);
    }
    this.#acted = { site, epoch };
    this.nothingLost(cell.site);
  }

  /** Everything acknowledged is in a site's log, but for what was announced to be lost. */
  nothingLost(site: string): void {
    const { ids } = this.postgres[site].folder;
    const announced = this.#announced?.site === site ? this.#announced : null;
    for (const [id, at] of this.acknowledgedIds) {
      if (ids.has(id)) continue;
      const told = announced && (at.timeline > announced.timeline ||
        (at.timeline === announced.timeline && at.length > announced.length));
      if (!told) return this.broken("lost", `${site} acts without ${id}`);
      this.acknowledgedIds.delete(id);
      this.counts.forgiven++;
    }
    if (announced) this.#announced = null;
  }

  acted(cell: Cell, epoch: number): void {
    this.lastActiveAt = this.queue.now;
    const other = this.cells[this.other(cell.site)];
    if (other.acts) this.broken("one-acts", `${cell.site} answers while ${other.site} acts`);
    const before = this.#acted!;
    if (before.site !== cell.site || epoch < before.epoch) {
      this.broken("epochs", `${cell.site} answers under ${epoch} after ${before.epoch}`);
    }
  }

  acknowledged(cell: Cell, id: string, sync: boolean): void {
    this.counts.acknowledged++;
    if (!sync) return;
    const { folder } = cell.server;
    const timeline = folder.timeline;
    this.acknowledgedIds.set(id, { timeline, length: folder.log.length });
  }

  /**
   * Work of class region came through without the standby: whatever two witnesses are asked, the
   * newer of what they say must leave that site out. Without a lease nobody hears of it anyway.
   */
  committedAlone(site: string): void {
    const keeper = this.keepers[site];
    if (!keeper.process.alive || !viewLease(keeper.lease, keeper.now).mine) return;
    const other = this.other(site);
    const sets = this.sites.map((it) => this.keepers[it].disk.record?.sync)
      .map((it) => it ?? { term: 0, revision: 0, inSync: [] });
    for (const [i, a] of sets.entries()) {
      for (const b of sets.slice(i + 1)) {
        const newer = compareSync(a, b) >= 0 ? a : b;
        if (newer.inSync.includes(other)) {
          return this.broken("majority-knows", `${site} acknowledged without ${other}`);
        }
      }
    }
  }

  observeKeeper(
    keeper: Keeper,
    { lease: { mine } }: KeeperObservation,
    actions: readonly KeeperAction[],
  ): void {
    const { site } = keeper;
    if (mine) this.#oneHolds(keeper, mine.term);
    for (const action of actions) {
      if (this.notes && action.kind !== "position" && action.kind !== "audit") {
        this.note(site, JSON.stringify(action));
      }
      if (action.kind === "audit" && action.entry.event === "forced-promotion") {
        const position = action.entry.facts.mine as { timeline: number; lsn: string } | null;
        const length = position ? Number(parseLsn(position.lsn) / ENTRY_BYTES) : 0;
        const timeline = position?.timeline ?? 0;
        this.#announced = { site, timeline, length };
      }
    }
    this.#ends(keeper);
  }

  #oneHolds(keeper: Keeper, term: number): void {
    const { site } = keeper;
    const other = this.keepers[this.other(site)];
    if (viewLease(other.lease, other.now).mine) this.broken("one-holds", "both sites hold it");
    const before = this.#held;
    if (before?.site === site && before.term === term) return;
    this.counts.terms++;
    if (before && before.term >= term) {
      this.broken("terms", `${site} holds ${term} after ${before.site}'s ${before.term}`);
    }
    this.#held = { site, term };
  }

  /** No state of a keeper outlives its deadline. */
  #ends(keeper: Keeper): void {
    const { state, now } = keeper;
    const { times } = state.setup;
    const late = [
      state.moving?.deadline,
      state.forcing?.deadline,
      state.server?.deadline,
      state.cell?.deadline,
      state.givingWay && state.givingWay.since + times.stopMs + times.answerMs + 2000,
    ].some((it) => it !== undefined && it !== null && now > it + 1000);
    if (late) this.broken("ends", `${keeper.site} is stuck`);
  }
}
