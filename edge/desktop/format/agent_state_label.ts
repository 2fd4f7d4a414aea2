import type { AgentView } from "../../../protocol/agent_session/agent_view.ts";

/** An agent's state to people; `idleCodes` name the reasons. */
export function agentStateLabel(
  agent: Pick<AgentView, "state" | "idleCode">,
  idleCodes: { id: string; name: string }[],
): string {
  switch (agent.state) {
    case "available":
      return "Available";
    case "idle": {
      const code = idleCodes.find(({ id }) => id === agent.idleCode);
      return code ? `Idle · ${code.name}` : "Idle";
    }
    case "rona":
      return "Missed offer";
    case "signed-out":
      return "Signed out";
  }
}
