import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import type { StandbyLinks } from "../../../regions/pops/standby_links.ts";
import type { ConfigurationIndex } from "../../../regions/configuration/configuration_index.ts";
import type { CommitUnit } from "../../../regions/log/commit_unit.ts";
import type { Cell } from "../cells/cell.ts";
import type { DecisionObserver } from "../checks/decision_observer.ts";
import type { EventQueue } from "../clock/event_queue.ts";
import type { InboxMessage, InboxStatus } from "../edges/inbox_delivery.ts";
import type { CellLog } from "../log/cell_log.ts";
import type { StoredMessage, TenantLog } from "../log/tenant_log.ts";
import type { Network } from "../network/network.ts";
import type { ProviderAnswer } from "../provider/provider_answer.ts";
import type { Plan } from "../plans/plan.ts";
import type { Fact } from "./fact.ts";

/** Where PoPs connect to one process of the cluster. */
export interface PlacePart {
  readonly alive: boolean;
  readonly links: StandbyLinks;
}

/** The cluster's addresses and who answers there. */
export interface ClusterPart {
  readonly at: readonly (Cell | null)[];
  /** The process that holds the cluster, if one runs. */
  readonly holder: Cell | null;
  /** Where PoPs connect at an address, if a process runs there. */
  placeAt(address: number): PlacePart | null;
  /**
   * What answers at an address.
   * @throws AntiphonError `unavailable` when nothing does
   */
  answering(address: number): Cell;
  /** A process found that the log is another's, and ends. */
  lost(cell: Cell): void;
  /** A cell's commit has come to a moment at which it may be doomed. */
  reached(cell: Cell, when: "committing" | "committed"): void;
}

/** An agent's session at the edge. */
export interface SessionPart {
  readonly agent: { readonly wantsSoftphone: boolean };
  push(
    epoch: number,
    events: readonly { deliveryId: string; event: AgentEvent }[],
  ): Promise<"taken" | "stale_epoch">;
}

/** The edge. */
export interface EdgePart {
  session(tenantId: string, agentId: string): SessionPart;
  inbox(tenantId: string): {
    take(message: Omit<InboxMessage, "kind">): void;
    takeStatus(status: Omit<InboxStatus, "kind">): void;
  };
}

/** A point of presence. */
export interface PopPart {
  softphone(tenantId: string, agentId: string, connected: boolean): void;
  /** A process of the cluster ended. */
  placeGone(place: PlacePart): void;
}

/** A world, as its parts and those who watch it see it. */
export interface Surroundings {
  readonly plan: Plan;
  /** When virtual clocks began, epoch ms. */
  readonly start: number;
  readonly queue: EventQueue;
  readonly network: Network;
  readonly tenantIds: readonly string[];
  readonly observer: DecisionObserver;
  readonly log: CellLog;
  readonly cluster: ClusterPart;
  readonly edge: EdgePart;
  readonly provider: {
    send(tenantId: string, contact: string, message: StoredMessage): ProviderAnswer;
  };
  readonly pops: ReadonlyMap<string, PopPart>;
  /** Faults are over, nobody new comes, and everybody is quick and willing. */
  readonly calm: boolean;
  /** When the process that holds the cluster started, epoch ms. */
  readonly startedAt: number;
  /** Effects that were taken. */
  readonly delivered: Set<string>;
  configuration(tenantId: string): ConfigurationIndex;
  contact(tenantId: string, address: string): { told(messageId: string): void } | undefined;
  /** The PoP that an agent's softphone connects to. */
  popOf(agentId: string): PopPart;
  /** Effects of a tenant that were never taken. */
  undelivered(log: TenantLog): string[];
  fact(fact: Fact): void;
  note(who: string, what: string): void;
  noteUnit(cell: Cell, unit: CommitUnit): void;
  short(id: string): string;
  /** An error that came up somewhere: refusals are part of life, everything else is a bug. */
  caught(error: unknown): void;
}
