import type { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import {
  type ConfigurationIndex,
  indexConfiguration,
} from "../../../regions/configuration/configuration_index.ts";
import type { CommitUnit } from "../../../regions/log/commit_unit.ts";
import { setImmediate } from "node:timers";
import { Cluster } from "../cells/cluster.ts";
import type { Cell } from "../cells/cell.ts";
import type { MakeObserver, Observer } from "../checks/observer.ts";
import { Violation } from "../checks/violation.ts";
import { EventQueue } from "../clock/event_queue.ts";
import { SimulatedContact } from "../contacts/simulated_contact.ts";
import { SimulatedEdge } from "../edges/simulated_edge.ts";
import { DurableLog } from "../log/durable_log.ts";
import type { TenantLog } from "../log/tenant_log.ts";
import { Network } from "../network/network.ts";
import { type Plan, WORLD } from "../plans/plan.ts";
import { SimulatedPop } from "../pops/simulated_pop.ts";
import { SimulatedProvider } from "../provider/simulated_provider.ts";
import { makeConfiguration } from "../tenants/make_configuration.ts";
import { agentId, assetId, contactAddress, tenantId } from "../tenants/tenant_names.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Fact } from "./fact.ts";
import { History } from "./history.ts";
import { observeAll } from "./observe_all.ts";
import { tellEvent } from "./tell_event.ts";

/** A Monday morning; virtual clocks begin here. */
const START = Date.UTC(2026, 2, 2, 9);

/** A world that takes more is going round in circles. */
const MOST_STEPS = 100_000;

/** Everything there is in one simulated world, and its one clock. */
export class World implements Surroundings {
  readonly start = START;
  readonly queue = new EventQueue(START);
  readonly network = new Network(this.queue);
  readonly tenantIds = Array.from({ length: WORLD.tenants }, (_, i) => tenantId(i));
  readonly history: History;
  readonly observer: Observer;
  readonly log: DurableLog;
  readonly cluster: Cluster;
  readonly edge: SimulatedEdge;
  readonly provider: SimulatedProvider;
  readonly pops: ReadonlyMap<string, SimulatedPop>;
  /** Faults are over, nobody new comes, and everybody is quick and willing. */
  calm = false;
  /** When the process that holds the cluster started, epoch ms. */
  startedAt = START;
  /** Effects that were taken. Their marks may be lost: then they are brought once more. */
  readonly delivered = new Set<string>();
  /** Things that happened. */
  steps = 0;
  #failure: unknown = null;
  readonly #configurations = new Map<string, ConfigurationIndex>();
  readonly #contacts = new Map<string, SimulatedContact>();

  constructor(readonly plan: Plan, observers: readonly MakeObserver[], keepHistory = false) {
    this.history = new History(START, keepHistory);
    this.tenantIds.forEach((id, i) => this.configure(id, makeConfiguration(plan.seed, i)));
    this.observer = observeAll(observers.map((make) => make(this)), (error) => this.fail(error));
    this.log = new DurableLog(this);
    this.cluster = new Cluster(this);
    this.edge = new SimulatedEdge(this);
    this.provider = new SimulatedProvider(this);
    this.pops = new Map(WORLD.pops.map((id, i) => [id, new SimulatedPop(this, id, i)]));
    this.tenantIds.forEach((id, tenant) => {
      for (let i = 0; i < WORLD.contacts; i++) {
        const address = contactAddress(i);
        const contact = new SimulatedContact(this, id, assetId(tenant), address);
        this.#contacts.set(`${id}/${address}`, contact);
      }
    });
  }

  /** Lets one thing happen, with all that follows from it at once. Throws what went wrong. */
  async step(): Promise<void> {
    this.steps += 1;
    if (this.steps > MOST_STEPS) throw new Violation("comes-to-rest", "it goes on and on");
    this.queue.step();
    // Lets every promise that can be kept be kept: none of them waits for the real world.
    await new Promise<void>((resolve) => void setImmediate(resolve));
    if (this.#failure) throw this.#failure;
  }

  configuration(id: string): ConfigurationIndex {
    return this.#configurations.get(id)!;
  }

  configure(id: string, document: TenantConfiguration): void {
    const index = indexConfiguration(
      document,
      new Map(document.flows.map((flow) => [flow.id, `${flow.id}-v1`])),
      new Map(document.flows.map((flow) => [`${flow.id}-v1`, flow])),
    );
    this.#configurations.set(id, index);
  }

  contact(id: string, address: string): SimulatedContact | undefined {
    return this.#contacts.get(`${id}/${address}`);
  }

  /** The PoP that an agent's softphone connects to. */
  popOf(agent: string): SimulatedPop {
    const index = Array.from({ length: WORLD.agents }, (_, i) => agentId(i)).indexOf(agent);
    return this.pops.get(WORLD.pops[index % WORLD.pops.length])!;
  }

  /** Whether nothing is left to do: no contact, no effect, no event and no webhook. */
  get drained(): boolean {
    for (const log of this.log.tenants.values()) {
      if (log.state.interactions.size > 0 || this.undelivered(log).length > 0) return false;
      // Whether it went out is known, or is said not to be.
      for (const { status } of log.messages.values()) if (status === "pending") return false;
    }
    for (const pop of this.pops.values()) {
      if (pop.live.length > 0 || pop.pending > 0) return false;
    }
    return this.edge.pending === 0 && this.cluster.holder?.ready === true;
  }

  /** Effects of a tenant that were never taken. */
  undelivered(log: TenantLog): string[] {
    return [...log.effects.keys()].filter((id) => !this.delivered.has(id));
  }

  fact(fact: Fact): void {
    if (fact.type.startsWith("c") || fact.type.startsWith("pop-re")) {
      this.note("world", JSON.stringify(fact));
    }
    if (fact.type === "cell-started") this.startedAt = this.queue.now;
    this.observer.fact?.(fact, this.queue.now);
  }

  note(who: string, what: string): void {
    this.history.note(this.queue.now, who, what);
  }

  noteUnit(cell: Cell, unit: CommitUnit): void {
    const tenant = this.tenantIds.indexOf(unit.tenantId);
    unit.events.forEach((event, i) => {
      const seq = unit.firstSeq + i;
      this.note(`cell ${cell.epoch}.${cell.incarnation}`, `T${tenant}#${seq} ${tellEvent(event)}`);
    });
  }

  short(id: string): string {
    return `${id.slice(15, 18)}-${id.slice(-3)}`;
  }

  /** An error that came up somewhere: refusals are part of life, everything else is a bug. */
  caught(error: unknown): void {
    if (error instanceof AntiphonError && error.code !== "internal") return;
    if (error instanceof Error && /not committed|connection was lost/.test(error.message)) return;
    this.fail(error instanceof Violation ? error : new Violation("no-surprise", stackOf(error)));
  }

  fail(error: unknown): void {
    this.#failure ??= error;
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
