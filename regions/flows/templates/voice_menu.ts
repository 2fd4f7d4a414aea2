import { flow } from "../builder/flow.ts";
import type { FlowTemplate } from "./flow_template.ts";

/** A phone menu that asks three times, and a queue that tells callers their place. */
export const voiceMenu: FlowTemplate = {
  name: "Phone menu",
  description: "Greets callers, asks up to three times which queue they want, and tells those " +
    "who wait their place now and then.",
  channels: ["voice"],
  document: flow("voice-menu", {
    ...{ name: "Phone menu", kind: "voice" },
    variables: { choice: "" },
    ...{ start: "greeting", onError: "support" },
    activities: {
      greeting: { type: "play", prompt: "welcome", next: "attempts" },
      attempts: { type: "loop", times: 3, next: "menu", onDone: "support" },
      menu: {
        ...{ type: "collect", prompt: "menu", variable: "choice", maxDigits: 1 },
        ...{ next: "choose", onTimeout: "attempts" },
      },
      choose: {
        ...{ type: "switch", value: "{{ choice }}", otherwise: "attempts" },
        cases: [{ equals: "1", next: "sales" }, { equals: "2", next: "support" }],
      },
      sales: { type: "queue", queueId: "sales", next: "treatment" },
      support: { type: "queue", queueId: "support", next: "treatment" },
      treatment: { type: "play", prompt: "please-wait", next: "patience" },
      patience: { type: "wait", seconds: 45, next: "treatment" },
    },
  }),
};
