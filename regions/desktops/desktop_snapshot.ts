import type { DesktopSnapshot } from "../../protocol/agent_session/agent_view.ts";
import type { Message } from "../../protocol/interaction/message.ts";
import { agentView } from "../agents/agent_view.ts";
import type { ConfigurationIndex } from "../configuration/configuration_index.ts";
import { assignmentView } from "../interactions/assignment_view.ts";
import { offerView } from "../offers/offer_view.ts";
import type { TenantState } from "../tenants/tenant_state.ts";

/** All that an agent's desktop needs to draw itself. The agent must be known to the state. */
export function desktopSnapshot(
  state: TenantState,
  configuration: ConfigurationIndex,
  agentId: string,
  messages: Message[],
): DesktopSnapshot {
  const agent = state.agents.get(agentId)!;
  const reserved = state.interactions.get(agent.offeredInteractionId ?? "");
  const offered = reserved?.offer ? reserved : undefined;
  return {
    agent: agentView(agent),
    offers: offered?.offer ? [offerView(offered)] : [],
    assignments: agent.assigned.flatMap((id) => {
      const it = state.interactions.get(id);
      return it ? [assignmentView(it)] : [];
    }),
    messages,
    idleCodes: configuration.document.idleCodes,
    wrapUpCodes: configuration.document.wrapUpCodes,
  };
}
