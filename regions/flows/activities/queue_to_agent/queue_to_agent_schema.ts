import { z } from "zod";
import { path } from "../../fields/path.ts";
import { reference } from "../../fields/reference.ts";
import { template } from "../../fields/template.ts";
import { WAITING } from "../queue/waiting.ts";

/** Reserves one agent, or parks the contact until that agent is free. */
export const QueueToAgentActivity = z.strictObject({
  type: z.literal("queue-to-agent"),
  /** An agent's id; may be a template, such as "{{accountManager}}". */
  agentId: template().min(1),
  /** The queue that counts the contact and whose times hold. */
  queueId: reference("queue"),
  ...WAITING,
  /** Where to go when there is no such agent or they are not signed in. */
  onUnavailable: path(),
});
export type QueueToAgentActivity = z.infer<typeof QueueToAgentActivity>;
