import type { FlowDraft } from "./flow_draft.ts";

/** What callers get while everything is closed at once: a word, and the way to those on duty. */
export const EMERGENCY: FlowDraft = {
  id: "emergency",
  name: "Emergency closure",
  kind: "voice",
  start: "word",
  variables: { transferCause: "" },
  activities: {
    word: {
      type: "menu",
      items: [{ type: "say", text: "We had to close today. Press 1 for those on duty." }],
      choices: [{ digits: "1", next: "duty" }],
      onNoInput: "bye",
      onNoMatch: "bye",
    },
    duty: {
      type: "transfer",
      to: { kind: "number", number: "+4930999100", ringSeconds: 20 },
      onFailure: "sorry",
    },
    sorry: {
      type: "play",
      items: [{ type: "say", text: "Nobody answers. Please call again tomorrow." }],
      next: "bye",
      onError: "bye",
    },
    bye: { type: "hang-up" },
  },
};
