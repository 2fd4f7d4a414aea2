import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";

/** Names what a command works on, so that its controls can rest meanwhile. */
export function busyKey(command: AgentCommand): string {
  switch (command.type) {
    case "agent.set-state":
    case "agent.set-state-idle":
      return "agent";
    case "agent.sign-out":
      return "sign-out";
    case "offer.accept":
    case "offer.decline":
      return command.offerId;
    case "interaction.end":
    case "interaction.wrap-up":
    case "interaction.extend-contact-idle":
    case "interaction.set-variable":
      return command.interactionId;
    case "message.send":
      return command.messageId;
  }
}
