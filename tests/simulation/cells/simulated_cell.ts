import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";
import type { DesktopSnapshot } from "../../../protocol/agent_session/agent_view.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { serially } from "../../../regions/api/serially.ts";
import { configurationChanged } from "../../../regions/configuration/configuration_changed.ts";
import { desktopSnapshot } from "../../../regions/desktops/desktop_snapshot.ts";
import type { ProviderAttempts } from "../../../regions/channels/deliver_to_provider.ts";
import { OUTCOME_MS, SETTLE_EVERY_MS } from "../../../regions/channels/settle_unknown.ts";
import { EffectLanes } from "../../../regions/effects/effect_lanes.ts";
import type { StoredEffect } from "../../../regions/log/commit_unit.ts";
import { GroupCommitter } from "../../../regions/log/group_committer.ts";
import { PopLinks } from "../../../regions/pops/pop_links.ts";
import type { TenantCommand } from "../../../regions/tenants/tenant_command.ts";
import type { TenantEvent } from "../../../regions/tenants/tenant_event.ts";
import type { TenantState } from "../../../regions/tenants/tenant_state.ts";
import type { Transition } from "../../../regions/tenants/transition.ts";
import { OUTCOME_UNKNOWN } from "../../../regions/messages/status_moves.ts";
import { TenantRunner } from "../../../regions/tenants/tenant_runner.ts";
import { Random } from "../random/random.ts";
import type { Surroundings } from "../world/surroundings.ts";
import type { InboxDelivery, InboxMessage, InboxStatus } from "../edges/inbox_delivery.ts";
import type { Cell } from "./cell.ts";
import type { LinkPlace } from "./link_place.ts";
import { deliverEffects } from "./deliver_effects.ts";
import { cellLogger } from "./cell_logger.ts";

/** Events between two snapshots of a tenant at least: few, so that there are some. */
const SNAPSHOT_EVERY = 60;

/**
 * One process of the cluster's cell: the real runners, group commit, effect lanes and PoP links,
 * wired like a cell's own. They are asynchronous by promises alone, whose order is fixed; all that
 * takes time comes from the world's queue, so a run is deterministic and the real code is tried.
 */
export class SimulatedCell implements Cell {
  alive = true;
  /** All tenants are loaded. */
  ready = false;
  /** Lengths of the logs when it lost its place; null while it is the holder. */
  frozen: Map<string, number> | null = null;
  /** Events of units that were decided on and are neither stored nor refused. */
  readonly uncommitted = new Set<readonly TenantEvent[]>();
  /** Tenants whose state in memory is given up and not read anew yet. */
  readonly abandoned = new Set<string>();
  readonly popLinks: PopLinks;
  readonly random: Random;
  readonly attempts: ProviderAttempts = new Map();
  readonly #runners = new Map<string, TenantRunner>();
  readonly #committer: GroupCommitter;
  readonly #lanes: EffectLanes;
  readonly #deadlines = new Map<string, { at: number; cancel: () => void }>();
  readonly #inOrder = serially();
  #ids = 0;

  constructor(
    readonly world: Surroundings,
    readonly epoch: number,
    readonly incarnation: number,
    readonly place: LinkPlace,
  ) {
    this.random = new Random(world.plan.seed, "cell", incarnation);
    const log = cellLogger(world);
    this.#committer = new GroupCommitter(
      (units, delivered) => world.log.write(this, units, delivered),
      () => world.cluster.lost(this),
    );
    this.#lanes = new EffectLanes({
      deliver: (tenantId, effects) => deliverEffects(this, tenantId, effects),
      delivered: (ids) => {
        for (const id of ids) world.delivered.add(id);
        this.#committer.delivered(ids);
      },
      delay: (ms) => this.pause(ms),
      log,
    });
    this.popLinks = new PopLinks({
      now: () => world.queue.now,
      lastSeq: (popId, bootId) => this.#answered(() => world.log.lastSeq(popId, bootId)),
      epoch,
      verify: (token) => this.#answered(() => token),
      runner: (tenantId) => Promise.resolve(this.#runners.get(tenantId)),
      runners: () => this.#runners.values(),
      timer: (ms, run) => this.timer(ms, run),
      log,
    });
  }

  /** Loads every tenant. */
  async start(): Promise<void> {
    for (const tenantId of this.world.tenantIds) {
      const runner = this.#open(tenantId);
      this.#runners.set(tenantId, runner);
      for (;;) {
        try {
          await runner.load();
          break;
        } catch {
          await this.pause(500);
        }
      }
    }
    this.ready = true;
    this.place.links.activate(this.popLinks);
    this.world.fact({ type: "cell-started", epoch: this.epoch });
    this.#settle(OUTCOME_MS);
  }

  /** Lets a tenant's runner decide by its newest configuration. */
  async reconfigure(tenantId: string): Promise<void> {
    const runner = this.runner(tenantId);
    runner.configuration = this.world.configuration(tenantId);
    await runner.submit(configurationChanged(runner.configuration));
  }

  /** Ends it where it stands: no promise of it is ever kept. */
  kill(): void {
    this.alive = false;
    this.place.alive = false;
    for (const { cancel } of this.#deadlines.values()) cancel();
  }

  runner(tenantId: string): TenantRunner {
    const runner = this.#runners.get(tenantId);
    if (!runner || !this.ready) throw new AntiphonError("not_active", "The cell is starting");
    return runner;
  }

  /** A tenant's state as decided, which may be ahead of the log; undefined while it is read. */
  stateOf(tenantId: string): TenantState | undefined {
    return this.#runners.get(tenantId)?.state;
  }

  /** Decides on a command. */
  async submit(
    tenantId: string,
    command: TenantCommand,
  ): Promise<Transition> {
    return await this.runner(tenantId).submit(command);
  }

  async presence(
    tenantId: string,
    agentId: string,
    edgeId: string,
    connected: boolean,
  ): Promise<DesktopSnapshot | null> {
    await this.submit(tenantId, { type: "presence", agentId, edgeId, connected });
    if (!connected) return null;
    const runner = this.runner(tenantId);
    if (!runner.state.agents.has(agentId)) {
      throw new AntiphonError("unavailable", "The agent has gone again");
    }
    const interactionIds = runner.state.agents.get(agentId)!.assigned;
    const messages = [...this.world.log.tenants.get(tenantId)!.messages.values()]
      .filter((message) => interactionIds.includes(message.interactionId));
    const snapshot = await runner.shown((state) =>
      desktopSnapshot(state, runner.configuration, agentId, messages)
    );
    return { ...snapshot, holder: { clusterId: "E39", epoch: this.epoch } };
  }

  async agentCommand(
    tenantId: string,
    agentId: string,
    commandId: string,
    command: AgentCommand,
  ): Promise<void> {
    await this.runner(tenantId).submitOnce(commandId, { type: "agent", agentId, command });
  }

  /** Takes a webhook in, like `takeWebhooks()`, whose tables are the log's. */
  inbox(delivery: InboxDelivery): Promise<void> {
    return this.#inOrder(delivery.tenantId, async () => {
      const { deliveryId, tenantId } = delivery;
      const log = this.world.log.tenants.get(tenantId)!;
      if (await this.#answered(() => log.inbox.has(deliveryId))) return;
      if (delivery.kind === "message") await this.#takeMessage(tenantId, delivery);
      else await this.#takeStatus(tenantId, delivery);
      await this.#answered(() => {
        if (this.frozen) throw new AntiphonError("database_unavailable", "Not the holder");
        log.inbox.add(deliveryId);
      });
    });
  }

  async #takeMessage(tenantId: string, message: InboxMessage): Promise<void> {
    const log = this.world.log.tenants.get(tenantId)!;
    const { providerMessageId, assetId, contact, text, sentAt } = message;
    const known = await this.#answered(() => log.received.has(providerMessageId));
    if (!known) {
      await this.submit(tenantId, {
        type: "message-received",
        assetId,
        contact,
        contactName: null,
        messageId: this.newId(),
        providerMessageId,
        text,
        sentAt,
      });
    }
  }

  async #takeStatus(tenantId: string, { messageId, status }: InboxStatus): Promise<void> {
    const log = this.world.log.tenants.get(tenantId)!;
    const message = await this.#answered(() => log.messages.get(messageId));
    if (!message) return;
    const known = message.failure ?? message.status;
    this.world.fact({ type: "status-taken", tenantId, messageId, known });
    await this.submit(tenantId, {
      ...{ type: "message-status", interactionId: message.interactionId, messageId, status },
      ...{ providerMessageId: `out:${messageId}`, failure: null },
    });
  }

  /** Like `settleUnknown()`, whose table is the log's. */
  #settle(wait: number): void {
    this.timer(wait, async () => {
      const before = this.world.queue.now - OUTCOME_MS;
      for (const [tenantId, { messages }] of this.world.log.tenants) {
        for (const { id, interactionId, status, sendingAt } of messages.values()) {
          if (status !== "pending" || sendingAt === null || sendingAt >= before) continue;
          if (this.attempts.has(id) || this.frozen) continue;
          await this.submit(tenantId, {
            ...{ type: "message-status", interactionId, messageId: id, status: "failed" },
            ...{ providerMessageId: null, failure: OUTCOME_UNKNOWN },
          }).catch((error) => this.world.caught(error));
        }
      }
      this.#settle(SETTLE_EVERY_MS);
    });
  }

  /** Resolves after some virtual time, unless the cell is dead by then. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.timer(ms, resolve));
  }

  timer(ms: number, run: () => void): () => void {
    return this.world.queue.after(ms, () => this.alive && run());
  }

  newId = (): string => {
    this.#ids += 1;
    const cell = this.incarnation.toString(16).padStart(3, "0");
    return `0190cafe-0000-7${cell}-8000-${this.#ids.toString(16).padStart(12, "0")}`;
  };

  /** A short query. */
  async #answered<T>(query: () => T): Promise<T> {
    await this.pause(this.random.between(1, 3));
    if (this.world.log.trouble.outage) {
      throw new AntiphonError("database_unavailable", "The database is away");
    }
    return query();
  }

  #open(tenantId: string): TenantRunner {
    const { world } = this;
    const runner: TenantRunner = new TenantRunner({
      tenantId,
      clusterId: "E39",
      epoch: this.epoch,
      now: () => world.queue.now,
      newId: this.newId,
      read: (after) => world.log.read(this, tenantId, after),
      carriedOut: (most) =>
        this.#answered(() => world.log.tenants.get(tenantId)!.carriedOut.slice(-most)),
      snapshots: {
        every: SNAPSHOT_EVERY,
        newest: () => this.#answered(() => world.log.snapshot(this, tenantId)),
        store: (encoded) => this.#answered(() => world.log.storeSnapshot(this, tenantId, encoded)),
        later: (run) => void this.timer(0, run),
        failed: (error) => world.caught(error),
      },
      lost: () => world.cluster.lost(this),
      commit: (unit, failed) => {
        world.log.decided(unit, runner.configuration);
        this.uncommitted.add(unit.events);
        const settled = () => this.uncommitted.delete(unit.events);
        const committing = this.#committer.commit(unit, failed);
        committing.then(settled, () => {
          settled();
          this.abandoned.add(tenantId);
        });
        return committing;
      },
      deliver: (id, effects) => this.#lanes.add(id, effects),
      recover: (id) => this.#recover(id),
      deadlineMoved: (at) => this.#schedule(tenantId, at),
    }, world.configuration(tenantId));
    return runner;
  }

  async #recover(tenantId: string): Promise<void> {
    this.abandoned.delete(tenantId);
    if (this.frozen) return;
    const stored: StoredEffect[] = await this.#answered(() =>
      [...this.world.log.tenants.get(tenantId)!.effects].map(([id, effect]) => ({ id, effect }))
    );
    this.#lanes.add(tenantId, stored);
  }

  /** One timer a tenant, as the registry has it. */
  #schedule(tenantId: string, at: number | null): void {
    const known = this.#deadlines.get(tenantId);
    if (known?.at === at) return;
    known?.cancel();
    this.#deadlines.delete(tenantId);
    if (at === null || !this.alive) return;
    const cancel = this.timer(at - this.world.queue.now, () => {
      this.#deadlines.delete(tenantId);
      this.#due(tenantId);
    });
    this.#deadlines.set(tenantId, { at, cancel });
  }

  async #due(tenantId: string): Promise<void> {
    try {
      await this.#runners.get(tenantId)?.runDeadlines();
    } catch (error) {
      this.world.caught(error);
      this.#schedule(tenantId, this.world.queue.now + 1000);
    }
  }
}
