import { z } from "zod";

/** What an event handler of a flow may react to, during an interaction's whole life. */
export const FlowEventName = z.enum([
  "queued",
  "offered",
  "agent-answered",
  /** The agent, or their softphone, is gone and the contact waits again. */
  "agent-left",
  "message-received",
  "response-overdue",
  "callback-requested",
  "wrap-up-started",
  /** Raised by an `emit-event` activity; the handler says which by its `name`. */
  "custom",
]);
export type FlowEventName = z.infer<typeof FlowEventName>;
