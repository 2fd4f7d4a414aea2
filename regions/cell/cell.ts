import type { Kysely } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { KeeperStatus } from "../../protocol/keeper/keeper_status.ts";
import { serviceTokenSigner } from "../../protocol/service_token/service_token_signer.ts";
import type { PrivateServiceKey } from "../../protocol/service_token/service_key.ts";
import type { Counters } from "../../protocol/telemetry/counters.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { Durability } from "../../protocol/topology/durability.ts";
import { forgetWebhooks } from "../channels/forget_webhooks.ts";
import { deliverToProvider, type ProviderPorts } from "../channels/deliver_to_provider.ts";
import { loadOutgoing } from "../channels/load_outgoing.ts";
import { openProvider } from "../channels/open_provider.ts";
import { OUTCOME_MS, SETTLE_EVERY_MS, settleUnknown } from "../channels/settle_unknown.ts";
import { ConfigurationEditor } from "../configuration/configuration_editor.ts";
import type { CellConnections } from "../database/cell_connections.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { LogOwner } from "../database/claim_log.ts";
import { deliverToDesktop } from "../desktops/deliver_to_desktop.ts";
import { EffectLanes } from "../effects/effect_lanes.ts";
import type { EgressPolicy } from "../egress/check_egress.ts";
import { OutgoingHttp } from "../egress/outgoing_http.ts";
import type { Lease } from "../lease/lease.ts";
import type { StoredEffect } from "../log/commit_unit.ts";
import { DurableCommitter } from "../log/durable_committer.ts";
import { fencedWrite } from "../log/fenced_write.ts";
import { GroupCommitter } from "../log/group_committer.ts";
import { tidyLog } from "../log/tidy_log.ts";
import { TraceFeeds } from "../flows/trace/trace_feeds.ts";
import { lastPopSeq } from "../log/last_pop_seq.ts";
import { writeUnits } from "../log/write_units.ts";
import { PlacementView } from "../placement/placement_view.ts";
import { verifyCaller } from "../placement/verify_caller.ts";
import { askPop, type PopRequest } from "../pops/ask_pop.ts";
import { PopLinks } from "../pops/pop_links.ts";
import { type AudioStore, audioStore } from "../prompts/audio_store.ts";
import { Converter } from "../prompts/converter.ts";
import type { WarmTenant } from "../standby/warm_tenant.ts";
import type { Sealer } from "../secrets/sealer.ts";
import { TenantKeys } from "../secrets/tenant_keys.ts";
import { deliverToService } from "../services/deliver_to_service.ts";
import { HttpService } from "../services/http_service.ts";
import type { ServiceHandler } from "../services/service_call.ts";
import { TenantRegistry } from "../tenants/tenant_registry.ts";
import { completeStream } from "../virtual_agents/complete_stream.ts";
import { limitTurns } from "../virtual_agents/limit_turns.ts";
import { webhookService } from "../virtual_agents/webhook_service.ts";
import { UnderWay } from "./under_way.ts";

/** What a cell is made of. */
export interface CellOptions {
  clusterId: string;
  epoch: number;
  db: Kysely<CellTables>;
  /** For what may be lost with the region. */
  background: Kysely<CellTables>;
  /** The log's own connections. */
  writers: CellConnections["writers"];
  owner: LogOwner;
  /** The right to act: without it nothing is acknowledged and nothing goes out. */
  lease: Lease;
  /** What the control plane says, if somebody reads it already. */
  placement?: PlacementView;
  /** Where this process runs, if that was said. */
  site?: string;
  /** How the cluster's servers stand, if somebody keeps them; null while that is not known. */
  keeperStatus?: () => Promise<KeeperStatus | null>;
  /** States that were kept level with the log before this cell had it, by tenant. */
  warm?: ReadonlyMap<string, WarmTenant>;
  /** Events between two snapshots of a tenant at least. */
  snapshotEvery: number;
  /** Days that a record of the log is kept at least. */
  logDays: number;
  /** Days that traces of flows are kept. */
  traceDays: number;
  key: PrivateServiceKey;
  sealer: Sealer;
  egress: EgressPolicy;
  log: Logger;
  counters: Counters;
  now: () => number;
  newId: () => string;
  /** From 0 to below 1. */
  random: () => number;
  timer: (ms: number, run: () => void) => () => void;
}

/** How often what is no longer needed is deleted, in milliseconds. */
const TIDY_MS = 3_600_000;
/** Time that messages half way out have when the cell hands over, and when it ends, in milliseconds. */
const SENT_FIRST_MS = 800;
const SENDING_ENDS_MS = 3_000;
/** A commit that takes longer ends the process, in milliseconds. */
const COMMIT_MS = 20_000;
/** Time that requests have to be answered when the cell hands over, in milliseconds. */
const LAST_REQUESTS_MS = 300;
/** Tenants that are loaded side by side at the start. */
const LOADING = 8;

/** One cluster's cell: its tenants' runners and the ways in and out, wired together. */
export class Cell {
  readonly placement: PlacementView;
  /** What tenants' sensitive values are sealed with. */
  readonly keys: TenantKeys;
  readonly tenants: TenantRegistry;
  readonly configurations: ConfigurationEditor;
  readonly converter: Converter;
  /** What tenants upload. */
  readonly audio: AudioStore;
  readonly popLinks: PopLinks;
  readonly traces = new TraceFeeds();
  readonly #committer: DurableCommitter;
  readonly #lanes: EffectLanes;
  /** Makes this cell's service token for an audience. */
  readonly token: (audience: string) => Promise<string>;
  readonly #outgoing: OutgoingHttp;
  /** Who carries out which type of flows' requests. */
  readonly #services: ReadonlyMap<string, ServiceHandler>;
  readonly #closing = new AbortController();
  readonly #lost = Promise.withResolvers<void>();
  /** How replies are sent. */
  readonly #provider: ProviderPorts;
  readonly #sending = new Set<Promise<void>>();
  readonly #sendingEnds = new AbortController();
  #stopSettling = () => {};
  #stopPolling = () => {};
  #stopTidying = () => {};
  #stopDraining = () => {};
  #draining = false;
  readonly #requests = new UnderWay();
  /** Counts the beginnings and ends of draining. */
  #drains = 0;
  #tidying: Promise<void> = Promise.resolve();

  constructor(readonly options: CellOptions) {
    const { db, epoch, log, now, timer, clusterId } = options;
    this.token = serviceTokenSigner(options.key, now);
    this.placement = options.placement ?? new PlacementView(db, now);
    this.#committer = new DurableCommitter({
      committers: { region: this.#committerOf("region"), zone: this.#committerOf("zone") },
      durabilityOf: (id) => this.placement.current.tenants.get(id)?.durability ?? "region",
    });
    this.#lanes = new EffectLanes({
      deliver: (tenantId, effects) => this.#deliver(tenantId, effects),
      delivered: (ids) => this.#committer.delivered(ids),
      delay: (ms) => new Promise((resolve) => void timer(ms, resolve)),
      log,
    });
    this.keys = new TenantKeys(options);
    this.#outgoing = new OutgoingHttp(options);
    const { keys } = this;
    const http = new HttpService({ ...options, keys, outgoing: this.#outgoing });
    this.#provider = {
      load: (tenantId, messageId) => loadOutgoing(db, tenantId, messageId),
      open: openProvider({ ...options, http: this.#outgoing, closing: this.#sendingEnds.signal }),
      attempts: new Map(),
      now,
    };
    this.#services = new Map<string, ServiceHandler>([
      ["http", (call, signal) => http.perform(call, signal)],
      [
        "virtual-agent",
        limitTurns(webhookService({ ...options, keys, http: this.#outgoing }), options),
      ],
    ]);
    this.tenants = new TenantRegistry({
      ...options,
      ensureKey: (tenantId) => this.keys.current(tenantId),
      commit: async (unit, failed) => {
        await this.#committer.commit(unit, failed);
        this.traces.committed(unit);
      },
      deliver: (tenantId, effects) => this.#lanes.add(tenantId, effects),
      recover: (tenantId) => this.#recover(tenantId),
      failed: (tenantId, error) => log.error("tenant.deadlines-failed", { tenantId, error }),
      lost: this.#lose,
      // What its PoPs told meanwhile went past it: they tell again what stands.
      recovered: () => this.popLinks.reset(),
    });
    this.converter = new Converter(timer);
    this.audio = audioStore(db, options.sealer, now);
    const { tenants, audio } = this;
    this.configurations = new ConfigurationEditor({ ...options, tenants, audio });
    this.popLinks = new PopLinks({
      now,
      lastSeq: (popId, bootId) => lastPopSeq(db, popId, bootId),
      epoch,
      verify: (token) => this.verify(token, ["pop"]),
      runner: (tenantId) => this.tenants.get(tenantId),
      runners: () => this.tenants.all(),
      timer,
      log,
    });
    log.debug("cell.made", { clusterId });
  }

  /** Settles when another process has the log: nothing may be decided here any more. */
  get lost(): Promise<void> {
    return this.#lost.promise;
  }

  readonly #lose = (error: unknown): void => {
    this.options.log.error("cell.log-lost", { error });
    this.#lost.resolve();
  };

  /** Asks a PoP, as this cell. @throws AntiphonError `unavailable` when it is not reached */
  readonly askPop = (popId: string, request: PopRequest): Promise<Response> =>
    askPop(popId, request, {
      popUrl: (id) => this.placement.current.pops.get(id),
      token: this.token,
      ...this.options,
    });

  /** Loads every tenant of this cluster; what an earlier process left undelivered goes out. */
  async start(): Promise<void> {
    const { db } = this.options;
    await this.placement.refresh();
    const configured = await db.selectFrom("cell.configurations").select("tenant_id").execute();
    // One that cannot be read is logged and tried again; it keeps none of the others waiting.
    const loading = configured.values();
    const load = async () => {
      for (const { tenant_id } of loading) await this.tenants.get(tenant_id).catch(() => {});
    };
    await Promise.all(Array.from({ length: LOADING }, load));
    this.#poll();
    this.#tidy();
    // What an earlier process sent is told of first, as far as it is.
    this.#settle(OUTCOME_MS);
  }

  /**
   * Takes a request; the answer is to be called when it is answered.
   * @throws AntiphonError `not_active` while it takes none: its lease does not hold, or it hands
   * over
   */
  takeRequest(): () => void {
    this.options.lease.check();
    if (this.#draining) throw new AntiphonError("not_active", "The cluster moves: ask again");
    return this.#requests.begin();
  }

  /**
   * Verifies a caller's service token; new keys are looked up once before it is refused.
   * @throws AntiphonError `unauthenticated` or `token_expired`
   */
  async verify(token: string, kinds: readonly string[]): Promise<string> {
    return await verifyCaller(token, kinds, { ...this.options, placement: this.placement });
  }

  /** Whether it takes nothing at present, because another is about to take over. */
  get draining(): boolean {
    return this.#draining;
  }

  /**
   * Finishes what was decided, and takes nothing new: neither requests nor effects go on, and what
   * PoPs tell waits. Goes on by itself when nobody took over.
   *
   * @param forMs For how long; without end when left out.
   */
  async drain(forMs?: number): Promise<void> {
    const { timer, log } = this.options;
    log.info("cell.draining", { forMs: forMs ?? null });
    this.#stopDraining();
    if (forMs !== undefined) this.#stopDraining = timer(forMs, () => this.#resume());
    this.#lanes.pause();
    this.#drains += 1;
    const drain = this.#drains;
    // Whether a reply went out is known before the cluster moves, if that does not take long.
    await this.#sent(SENT_FIRST_MS);
    if (drain !== this.#drains) return;
    this.#draining = true;
    // What was taken before is answered.
    await this.#requests.ended(LAST_REQUESTS_MS, timer);
    // It may have gone on already.
    if (drain !== this.#drains) return;
    await this.#committer.pause();
  }

  #resume(): void {
    this.options.log.info("cell.resumed");
    this.#drains += 1;
    this.#draining = false;
    this.#committer.resume();
    this.#lanes.resume();
  }

  /** Stops at once, whatever is under way: another may be the cluster now. */
  abandon(): void {
    this.#closing.abort();
    this.#stopPolling();
    this.#stopSettling();
    this.#stopTidying();
    this.#stopDraining();
    this.configurations.close();
    this.tenants.close();
    this.popLinks.close();
    this.#lanes.close();
    this.#sendingEnds.abort();
    this.#outgoing.close();
    this.#committer.refuseHeld();
  }

  /** Stops deciding and delivering; waits for what is being committed. */
  async close(): Promise<void> {
    if (this.#draining) this.#committer.resume();
    this.#lanes.close();
    await this.#sent(SENDING_ENDS_MS);
    this.abandon();
    await this.#committer.idle();
  }

  /** Takes last snapshots, so that the next start is quick. Another may have the log already. */
  async saveSnapshots(): Promise<void> {
    await this.tenants.saveSnapshots();
    await this.#tidying;
  }

  #committerOf(durability: Durability): GroupCommitter {
    const { writers, owner, lease, counters, timer } = this.options;
    const write = fencedWrite({
      write: (units, delivered) => writeUnits(writers[durability], owner, units, delivered),
      lease,
      timer,
      withinMs: COMMIT_MS,
    });
    return new GroupCommitter((units, delivered) => {
      counters.add("antiphon_commits_total");
      counters.add("antiphon_events_total", {}, units.reduce((n, u) => n + u.events.length, 0));
      return write(units, delivered);
    }, this.#lose);
  }

  #poll(): void {
    this.#stopPolling = this.options.timer(1000, () => {
      this.placement.refresh()
        .catch((error) => this.options.log.warn("placement.stale", { error }))
        .finally(() => this.#poll());
    });
  }

  #settle(wait: number): void {
    const { db, now, log, counters, timer } = this.options;
    const { attempts } = this.#provider;
    this.#stopSettling = timer(wait, async () => {
      try {
        const runner = (tenantId: string) => this.tenants.get(tenantId);
        const settled = await settleUnknown({ db, runner, attempts, now });
        if (settled > 0) {
          counters.add("antiphon_messages_outcome_unknown_total", {}, settled);
          log.warn("messages.outcome-unknown", { settled });
        }
      } catch (error) {
        log.warn("messages.not-settled", { error });
      }
      if (!this.#closing.signal.aborted) this.#settle(SETTLE_EVERY_MS);
    });
  }

  #tidy(): void {
    const { background: db, now, log } = this.options;
    forgetWebhooks(db, now()).catch((error) => log.warn("inbox.not-tidied", { error }));
    this.#tidying = tidyLog({ ...this.options, db }, this.#closing.signal)
      .catch((error) => log.warn("log.not-tidied", { error }));
    this.#stopTidying = this.options.timer(TIDY_MS, () => this.#tidy());
  }

  /** Takes up the effects of a tenant that are stored and not under way. */
  async #recover(tenantId: string): Promise<void> {
    const rows = await this.options.db.selectFrom("cell.effects").select(["id", "body"])
      .where("tenant_id", "=", tenantId).orderBy("position").execute();
    this.#lanes.add(tenantId, rows.map((row) => ({ id: row.id, effect: row.body })));
  }

  async #deliver(tenantId: string, effects: readonly StoredEffect[]): Promise<void> {
    const { lease, epoch } = this.options;
    lease.check();
    const { effect } = effects[0];
    if (effect.to === "desktop") {
      return await deliverToDesktop(tenantId, effects, {
        db: this.options.db,
        lease,
        epoch,
        edgeUrl: (id) => this.placement.current.edges.get(id),
        token: this.token,
      });
    }
    // One at a time, so that the lane's order holds and what was taken is marked at once.
    for (const stored of effects) {
      if (stored.effect.to === "pop") {
        const { effect } = stored;
        const command = await completeStream(tenantId, effect, {
          ...this.options,
          keys: this.keys,
        });
        await this.popLinks.deliver(tenantId, { ...effect, command });
      }
      if (stored.effect.to === "service") {
        const runner = await this.tenants.get(tenantId);
        const { log } = this.options;
        const ports = { services: this.#services, closing: this.#closing.signal, log };
        if (runner) await deliverToService(stored.effect, runner, ports);
      }
      if (stored.effect.to === "provider") {
        const runner = await this.tenants.get(tenantId);
        if (runner) {
          await this.#send(deliverToProvider(tenantId, stored.effect, runner, this.#provider));
        }
      }
    }
  }

  async #send(sending: Promise<void>): Promise<void> {
    this.#sending.add(sending);
    try {
      await sending;
    } finally {
      this.#sending.delete(sending);
    }
  }

  /** Resolves once no message is half way out, or after so long. */
  async #sent(ms: number): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const cancel = this.options.timer(ms, resolve);
    await Promise.race([Promise.allSettled(this.#sending), late]);
    cancel();
  }
}
