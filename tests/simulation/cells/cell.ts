import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";
import type { DesktopSnapshot } from "../../../protocol/agent_session/agent_view.ts";
import type { ProviderAttempts } from "../../../regions/channels/deliver_to_provider.ts";
import type { PopLinks } from "../../../regions/pops/pop_links.ts";
import type { TenantCommand } from "../../../regions/tenants/tenant_command.ts";
import type { TenantEvent } from "../../../regions/tenants/tenant_event.ts";
import type { TenantState } from "../../../regions/tenants/tenant_state.ts";
import type { Transition } from "../../../regions/tenants/transition.ts";
import type { InboxDelivery } from "../edges/inbox_delivery.ts";
import type { Random } from "../random/random.ts";

/** One process of the cluster, as the parts around it see it. */
export interface Cell {
  readonly epoch: number;
  readonly incarnation: number;
  readonly alive: boolean;
  /** All tenants are loaded. */
  readonly ready: boolean;
  /** Lengths of the logs when it lost its place; null while it is the holder. */
  frozen: Map<string, number> | null;
  /** Events of units that were decided on and are neither stored nor refused. */
  readonly uncommitted: Set<readonly TenantEvent[]>;
  /** Tenants whose state in memory is given up and not read anew yet. */
  readonly abandoned: Set<string>;
  readonly popLinks: PopLinks;
  readonly random: Random;
  /** What it knows of messages on their way out and could not store. */
  readonly attempts: ProviderAttempts;
  /** Resolves after some virtual time, unless the cell is dead by then. */
  pause(ms: number): Promise<void>;
  /** A tenant's state as decided, which may be ahead of the log; undefined while it is read. */
  stateOf(tenantId: string): TenantState | undefined;
  submit(tenantId: string, command: TenantCommand): Promise<Transition>;
  reconfigure(tenantId: string): Promise<void>;
  presence(
    tenantId: string,
    agentId: string,
    edgeId: string,
    connected: boolean,
  ): Promise<DesktopSnapshot | null>;
  agentCommand(
    tenantId: string,
    agentId: string,
    commandId: string,
    command: AgentCommand,
  ): Promise<void>;
  inbox(delivery: InboxDelivery): Promise<void>;
}
