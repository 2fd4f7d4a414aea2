import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";

/** What an agent sits at. */
export interface Desk {
  readonly tenantId: string;
  readonly agentId: string;
  /** Whether the desktop is there. */
  readonly open: boolean;
  openDesktop(): void;
  closeDesktop(): void;
  send(command: AgentCommand): void;
  /** Makes an id as a desktop does. */
  newId(kind: string): string;
}
