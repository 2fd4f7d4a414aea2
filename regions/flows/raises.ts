import type { FlowEventName } from "../../protocol/flow/flow_event_name.ts";

/** What an event of the log is to flows' handlers; most are nothing. */
export const RAISES: Readonly<Record<string, FlowEventName>> = {
  "interaction.queued": "queued",
  "offer.made": "offered",
  "interaction.connected": "agent-answered",
  "interaction.requeued": "agent-left",
  "message.received": "message-received",
  "response.overdue": "response-overdue",
  "interaction.made-virtual": "callback-requested",
  "wrap-up.started": "wrap-up-started",
};
