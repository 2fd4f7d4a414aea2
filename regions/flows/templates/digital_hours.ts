import { flow } from "../builder/flow.ts";
import type { FlowTemplate } from "./flow_template.ts";

/** A queue for those who write within opening hours, and word of them outside. */
export const digitalHours: FlowTemplate = {
  name: "Messages with opening hours",
  description: "Queues who writes; outside opening hours it says so first.",
  channels: ["whatsapp"],
  document: flow("digital-hours", {
    ...{ name: "Messages with opening hours", kind: "digital", start: "hours" },
    activities: {
      hours: {
        ...{ type: "business-hours", businessHoursId: "opening-hours" },
        ...{ next: "queue", onClosed: "closed" },
      },
      closed: {
        ...{ type: "send-message", next: "queue" },
        text: "We are closed just now, and answer as soon as we are back.",
      },
      queue: { type: "queue", queueId: "messages" },
    },
  }),
};
