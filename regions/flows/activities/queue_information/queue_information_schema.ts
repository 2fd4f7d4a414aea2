import { z } from "zod";
import { path } from "../../fields/path.ts";
import { reference } from "../../fields/reference.ts";

/** Reads how a queue is doing into variables. */
export const QueueInformationActivity = z.strictObject({
  type: z.literal("queue-information"),
  queueId: reference("queue"),
  next: path(),
});
export type QueueInformationActivity = z.infer<typeof QueueInformationActivity>;
