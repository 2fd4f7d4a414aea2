import { flow } from "../builder/flow.ts";
import type { FlowTemplate } from "./flow_template.ts";

/** A queue within opening hours, and word of them outside. */
export const voiceHours: FlowTemplate = {
  name: "Phone with opening hours",
  description: "Queues callers while you are open, and tells them that you are closed otherwise.",
  channels: ["voice"],
  document: flow("voice-hours", {
    ...{ name: "Phone with opening hours", kind: "voice", start: "hours" },
    activities: {
      hours: {
        ...{ type: "business-hours", businessHoursId: "opening-hours" },
        ...{ next: "greeting", onClosed: "closed" },
      },
      greeting: { type: "play", prompt: "welcome", next: "queue" },
      queue: { type: "queue", queueId: "support", onClosed: "closed" },
      closed: { type: "play", prompt: "closed", next: "goodbye" },
      goodbye: { type: "hang-up" },
    },
  }),
};
