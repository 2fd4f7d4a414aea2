import type { ClusterNotice } from "../../protocol/cluster_notice/cluster_notice.ts";
import { clusterNoticeSigner } from "../../protocol/cluster_notice/cluster_notice_signer.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { cellApi } from "../api/cell_api.ts";
import { type CellConnections, connectCell } from "../database/cell_connections.ts";
import { serverPosition } from "../database/server_position.ts";
import { LeaseGuard } from "../lease/lease_guard.ts";
import type { LeaseSource } from "../lease/lease_source.ts";
import { fencedSocket } from "../lease/fenced_socket.ts";
import { PlacementView } from "../placement/placement_view.ts";
import { verifyCaller } from "../placement/verify_caller.ts";
import { StandbyLinks } from "../pops/standby_links.ts";
import { standbyApi } from "../standby/standby_api.ts";
import type { StandbyStatus } from "../standby/standby_status.ts";
import { WarmTail } from "../standby/warm_tail.ts";
import type { WarmTenant } from "../standby/warm_tenant.ts";
import { announceActive } from "./announce_active.ts";
import { becomeActive, type Ownership } from "./become_active.ts";
import { Cell, type CellOptions } from "./cell.ts";

/** What a {@linkcode CellProcess} is made of, beside what it finds in its database. */
export interface CellProcessOptions extends
  Omit<
    CellOptions,
    "epoch" | "db" | "background" | "writers" | "owner" | "lease" | "warm" | "placement"
  > {
  databaseUrl: string;
  /** Where this process runs. */
  site: string;
  /** HTTP origins of the cluster's cells, by site. */
  peers: Readonly<Record<string, string>>;
  source: LeaseSource;
  /** Milliseconds that never go back and count suspended time: `systemBootClock`. */
  clock: () => number;
  /** Called once this process has the database, before tenants are loaded. */
  owned?: (connections: CellConnections) => void;
}

/** Pause between two looks at the log of the active cell, in milliseconds. */
const TAIL_MS = 100;
/** How long the look that is under way when this process becomes the cluster may take, in ms. */
const LAST_LOOK_MS = 2_000;
/** Longest time that the end of a process waits for its last commits, in milliseconds. */
const DRAIN_MS = 5_000;
/** How long the server may take to say how far it is, in milliseconds. */
const ANSWER_MS = 5_000;
/** How long one look at the log may take, in milliseconds. */
const LOOK_MS = 30_000;
/** Longest time from owning the database to being active, in milliseconds. */
const ACTIVATION_MS = 60_000;
/** A standby whose last look is older is not warm any more, in milliseconds. */
const WARM_MS = 5_000;
/** How often a standby reads what the control plane says, in milliseconds. */
const PLACEMENT_MS = 1_000;

/**
 * One process of a cluster's cell through its life: it stands by with all states warm, becomes the
 * cluster when it holds lease, writable database and lock, and ends when it loses any of them.
 */
export class CellProcess {
  readonly guard: LeaseGuard;
  readonly tail: WarmTail;
  readonly placement: PlacementView;
  readonly #connections: CellConnections;
  readonly #closing = new AbortController();
  readonly #sign: (notice: ClusterNotice) => Promise<string>;
  readonly #standby: ReturnType<typeof standbyApi>;
  /** PoPs that wait until this process is the cluster. */
  readonly #links: StandbyLinks;
  #phase: "standby" | "activating" | "active" | "ended" = "standby";
  #active: { cell: Cell; api: ReturnType<typeof cellApi>; ownership: Ownership } | null = null;
  #tailing = true;
  /** Rejects when the driver waits for an answer that does not come. */
  readonly #stuck = Promise.withResolvers<never>();
  #tailed: Promise<void> = Promise.resolve();
  #problem: string | null = null;
  #placementAt = -Infinity;
  /** Ends the pause between two looks. */
  #wake = () => {};

  constructor(readonly options: CellProcessOptions) {
    const { source, clock, timer, log, key, now, databaseUrl } = options;
    this.guard = new LeaseGuard({ source, clock, timer, log });
    this.#connections = connectCell(databaseUrl);
    this.tail = new WarmTail({ db: this.#connections.db, log, clock });
    this.placement = new PlacementView(this.#connections.db, now);
    this.#sign = clusterNoticeSigner(key, now);
    this.#standby = standbyApi({
      status: () => this.status(),
      metrics: () => this.#metrics(),
      notice: () => this.notice(),
      acceptPop: (socket) => this.#links.accept(socket),
    });
    this.#links = new StandbyLinks({
      verify: (token) => verifyCaller(token, ["pop"], { ...options, placement: this.placement }),
      notice: () => this.notice(),
      ...{ timer, log },
    });
  }

  /** The cell, while this process is the cluster. */
  get cell(): Cell | null {
    return this.#phase === "active" ? this.#active!.cell : null;
  }

  get phase(): StandbyStatus["phase"] | "active" {
    return this.#phase;
  }

  /** Answers one request, as what this process is at this moment. */
  readonly fetch = (request: Request): Response | Promise<Response> => {
    const active = this.#phase === "active" && this.#active!.ownership.lease.held;
    return (active ? this.#active!.api : this.#standby).fetch(request);
  };

  /**
   * Stands by, and becomes the cluster as soon as it may. Resolves when it is.
   * @throws AntiphonError `stale_epoch` when a later epoch has the log
   */
  async start(): Promise<void> {
    const { log, counters, clock } = this.options;
    this.guard.start();
    this.#tailed = this.#followLog();
    this.#stuck.promise.catch(() => {});
    const taken = becomeActive({
      ...this.options,
      url: this.options.databaseUrl,
      db: this.#connections.db,
      guard: this.guard,
      activating: () => this.#phase = "activating",
    }, this.#closing.signal);
    const ownership = await Promise.race([taken, this.#stuck.promise]);
    const from = clock();
    const warm = await this.#takeWarm();
    const { lease, owner } = ownership;
    const { db, background, writers } = this.#connections;
    const cell = new Cell({
      ...this.options,
      ...{ db, background, writers, owner, lease, warm },
      epoch: owner.epoch,
      placement: this.placement,
    });
    this.options.owned?.(this.#connections);
    const ended = this.#ended(ownership, cell).then((why) => refuse(why));
    await this.#within(ACTIVATION_MS, Promise.race([cell.start(), ended]));
    lease.check();
    this.#active = { cell, api: cellApi(cell), ownership };
    this.#phase = "active";
    this.#links.activate({
      accept: (socket) => cell.popLinks.accept(fencedSocket(socket, lease)),
    });
    void announceActive(cell, this.#ownNotice(owner.epoch));
    const ms = Math.round(clock() - from);
    counters.set("antiphon_cell_active", 1);
    counters.set("antiphon_cell_activation_seconds", ms / 1000);
    log.info("cell.active", { epoch: owner.epoch, warm: warm.size, ms });
  }

  /** Rejects after `ms`: tenants that load for so long wait for an answer that never comes. */
  async #within(ms: number, work: Promise<unknown>): Promise<void> {
    const late = Promise.withResolvers<never>();
    const cancel = this.options.timer(
      ms,
      () =>
        late.reject(
          new AntiphonError("database_unavailable", "The tenants were not loaded in time"),
        ),
    );
    await Promise.race([work, late.promise]).finally(cancel);
  }

  /** Settles when an active process has lost lease, lock or log: it has to end. */
  async lost(): Promise<string> {
    const { cell, ownership } = this.#active!;
    const why = await this.#ended(ownership, cell);
    this.#end();
    return why;
  }

  async #ended({ lease, lock }: Ownership, cell: Cell): Promise<string> {
    return await Promise.race([
      lease.ended.then(() => "lease"),
      lock.lost.then(() => "database"),
      cell.lost.then(() => "log"),
    ]);
  }

  /** Stops answering, telling and sending at once. */
  #end(): void {
    this.#phase = "ended";
    this.options.counters.set("antiphon_cell_active", 0);
    this.#active?.cell.abandon();
  }

  /** Hands over: finishes what was decided, lets the next holder in, and then tidies up. */
  async stop(): Promise<void> {
    this.#closing.abort(new Error("The process ends"));
    this.#stopTailing();
    const active = this.#phase === "active" ? this.#active : null;
    if (active) {
      // A commit that hangs is left to whoever comes next.
      const late = Promise.withResolvers<void>();
      const cancel = this.options.timer(DRAIN_MS, late.resolve);
      await Promise.race([active.cell.drain(), late.promise]);
      cancel();
      active.cell.abandon();
      this.#phase = "ended";
      await active.ownership.lock.release();
      await active.cell.saveSnapshots();
    }
    this.#links.close();
    this.guard.close();
    await this.#tailed;
    await this.#connections.close();
  }

  /** What this process says of itself while it is not active. */
  status(): StandbyStatus {
    const { clusterId, site } = this.options;
    const { active } = this.guard;
    const behindMs = this.tail.behindMs;
    return {
      service: `cell:${clusterId}`,
      status: "ok",
      active: false,
      phase: this.#phase === "active" ? "ended" : this.#phase,
      site,
      activeSite: active?.site ?? null,
      epoch: active?.epoch ?? null,
      warm: this.tail.level && behindMs !== null && behindMs < WARM_MS,
      behindMs: behindMs === null ? null : Math.round(behindMs),
      tenants: this.tail.tenants,
      failing: this.tail.failing,
      schema: this.tail.schema,
      problem: this.#problem,
    };
  }

  /** Who is active, signed; null when that is not known, or it is this site. */
  async notice(): Promise<string | null> {
    const { clusterId, site, peers } = this.options;
    const { active } = this.guard;
    if (!active || active.site === site || !(active.site in peers)) return null;
    return await this.#sign({ clusterId, ...active, url: peers[active.site] });
  }

  /** That this process is the cluster, signed; null when it does not know its own address. */
  async #ownNotice(epoch: number): Promise<string | null> {
    const { clusterId, site, peers } = this.options;
    if (!(site in peers)) return null;
    return await this.#sign({ clusterId, epoch, site, url: peers[site] });
  }

  #metrics(): string {
    const { counters } = this.options;
    const { warm, behindMs, tenants, failing } = this.status();
    counters.set("antiphon_standby_warm", Number(warm));
    counters.set("antiphon_standby_tenants", tenants);
    counters.set("antiphon_standby_tenants_failed", failing);
    if (behindMs !== null) counters.set("antiphon_standby_behind_seconds", behindMs / 1000);
    return counters.render();
  }

  /** Keeps states and placement level with the log until this process is the cluster, or ends. */
  async #followLog(): Promise<void> {
    const { log, timer, now } = this.options;
    while (this.#tailing) {
      if (!await this.#serverAnswers()) {
        this.#stuck.reject(
          new AntiphonError("database_unavailable", "A question to the server was never answered"),
        );
        return;
      }
      const late = Promise.withResolvers<void>();
      const cancel = timer(LOOK_MS, () => {
        this.#stuck.reject(
          new AntiphonError("database_unavailable", "A look at the log was never answered"),
        );
        late.resolve();
      });
      try {
        await Promise.race([this.tail.catchUp(), late.promise]);
        if (now() - this.#placementAt >= PLACEMENT_MS) {
          this.#placementAt = now();
          if (this.tail.schema === "same") await this.placement.refresh();
        }
        this.#problem = null;
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        if (problem !== this.#problem) log.warn("standby.not-level", { error });
        this.#problem = problem;
      } finally {
        cancel();
      }
      if (!this.#tailing) return;
      await new Promise<void>((resolve) => {
        const cancel = timer(TAIL_MS, resolve);
        this.#wake = () => (cancel(), resolve());
      });
    }
  }

  /**
   * Whether a question is answered in time, or refused: one that was asked while the server started
   * may never be, and the driver would wait for it for ever.
   */
  async #serverAnswers(): Promise<boolean> {
    const late = Promise.withResolvers<false>();
    const cancel = this.options.timer(ANSWER_MS, () => late.resolve(false));
    const asked = serverPosition(this.#connections.db).then(() => true, () => true);
    return await Promise.race([asked, late.promise]).finally(cancel);
  }

  #stopTailing(): void {
    this.#tailing = false;
    this.#wake();
  }

  /** The rest of the log; where that cannot be read at once, tenants are read anew. */
  async #takeWarm(): Promise<Map<string, WarmTenant>> {
    this.#stopTailing();
    const { timer } = this.options;
    const late = new Promise<"late">((go) => void timer(LAST_LOOK_MS, () => go("late")));
    if (await Promise.race([this.#tailed, late]) === "late") {
      // What waits for an answer that never comes would keep the cell waiting, too: begin anew.
      throw new AntiphonError("database_unavailable", "The standby's last look was never answered");
    }
    try {
      await this.tail.catchUp(true);
      return await this.tail.take();
    } catch (error) {
      this.options.log.warn("standby.not-taken", { error });
      return new Map();
    }
  }
}

function refuse(why: string): never {
  throw new AntiphonError("stale_epoch", `The ${why} was lost while the cell became active`);
}
