import type { FlowDraft } from "./flow_draft.ts";

const say = (text: string) => ({ items: [{ type: "say", text }] });

/** A clinic: open by its hours and holidays; a message is taken while it is closed. */
export const CLINIC: FlowDraft = {
  id: "clinic",
  name: "Clinic",
  kind: "voice",
  start: "open",
  onError: "to-reception",
  activities: {
    open: {
      type: "business-hours",
      businessHoursId: "practice",
      next: "menu",
      onClosed: "closed",
      onEmergency: "emergency",
    },
    menu: {
      type: "menu",
      ...say("For an appointment press 1, for a prescription 2."),
      choices: [{ digits: "1", next: "to-reception" }, { digits: "2", next: "prescription" }],
      onNoInput: "to-reception",
      onNoMatch: "to-reception",
    },
    prescription: {
      type: "play",
      ...say("Say your name, your birthday, and what you need."),
      next: "message",
    },
    closed: { type: "play", ...say("We are closed now. Please leave a message."), next: "message" },
    emergency: { type: "play", ...say("We are closed today. In danger call 112."), next: "bye" },
    message: {
      type: "voicemail",
      maxSeconds: 60,
      silenceSeconds: 3,
      next: "thanks",
      onEmpty: "bye",
    },
    thanks: { type: "play", ...say("Thank you. We call you back."), next: "bye" },
    bye: { type: "hang-up" },
    "to-reception": { type: "queue", queueId: "reception", onClosed: "closed" },
  },
};
