import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";
import type { DesktopSnapshot } from "../../../protocol/agent_session/agent_view.ts";
import type { VerifiedAccess } from "../../../protocol/access_token/verify_access_token.ts";
import type { Counters } from "../../../protocol/telemetry/counters.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { Sql } from "../storage/sql.ts";
import type { CommandOutcome } from "./command_queue.ts";
import type { SessionConnection } from "./session_connection.ts";

/** Whose session it is. */
export interface SessionIdentity {
  tenantId: string;
  agentId: string;
}

/** What the cell said to an agent's coming or going. */
export type PresenceOutcome =
  | { kind: "taken"; snapshot: DesktopSnapshot | null }
  | { kind: "again"; reason: string };

/** What a session needs of the world. */
export interface SessionPorts {
  sql: Sql;
  /** Sockets that are not closed yet, in any phase. */
  connections(): SessionConnection[];
  /** @throws AntiphonError when the token is not good */
  verify(accessToken: string): Promise<VerifiedAccess>;
  /** One attempt. Never throws. */
  sendCommand(
    who: SessionIdentity,
    commandId: string,
    command: AgentCommand,
    timeoutMs: number,
  ): Promise<CommandOutcome>;
  /** One attempt, with a deadline. Never throws. */
  tellPresence(who: SessionIdentity, connected: boolean): Promise<PresenceOutcome>;
  /** Whether the tenant's cluster answers now, or has after `since`. Never throws; has a deadline. */
  probe(who: SessionIdentity, since: number): Promise<boolean>;
  /** Under which epoch the tenant's cluster has answered anybody here; null when it is not known. */
  holder(who: SessionIdentity): Promise<{ clusterId: string; epoch: number } | null>;
  /** Sees to it that `alarm()` is called at that time, also after a restart. */
  setAlarm(at: number): Promise<void>;
  /** Keeps the object alive for work that nobody waits for. */
  background(work: Promise<void>): void;
  pause(ms: number): Promise<void>;
  /** Runs something later, unless the object ends before; the result cancels that. */
  timer(ms: number, run: () => void): () => void;
  now(): number;
  newId(): string;
  counters: Counters;
  log: Logger;
}
