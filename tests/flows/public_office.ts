import type { FlowDraft } from "./flow_draft.ts";

/** A public office in three languages: the caller's is spoken, and looked for in an agent. */
export const PUBLIC_OFFICE: FlowDraft = {
  id: "public-office",
  name: "Public office",
  kind: "voice",
  start: "languages",
  onError: "anyone",
  variables: { wish: "" },
  activities: {
    languages: {
      type: "menu",
      items: [{ type: "say", text: "Deutsch 1. English 2. Français 3." }],
      choices: [
        { digits: "1", next: "german" },
        { digits: "2", next: "english" },
        { digits: "3", next: "french" },
      ],
      onNoInput: "german",
      onNoMatch: "german",
    },
    german: { type: "set-language", language: "de-DE", next: "greet" },
    english: { type: "set-language", language: "en-GB", next: "greet" },
    french: { type: "set-language", language: "fr-FR", next: "greet" },
    greet: { type: "sub-flow", flowId: "office-greeting", next: "which" },
    which: {
      type: "switch",
      value: "{{ language }}",
      cases: [
        { equals: "en-GB", next: "wait-english" },
        { equals: "fr-FR", next: "wait-french" },
      ],
      otherwise: "anyone",
    },
    "wait-english": {
      type: "queue",
      queueId: "counter",
      requirements: [{ skillId: "english", atLeast: 5 }],
      relaxation: [{ afterSeconds: 60, requirements: [{ skillId: "english", atLeast: 2 }] }],
    },
    "wait-french": {
      type: "queue",
      queueId: "counter",
      requirements: [{ skillId: "french", atLeast: 5 }],
      relaxation: [{ afterSeconds: 30, requirements: [] }],
    },
    anyone: { type: "queue", queueId: "counter" },
  },
};

/** What the office says first, in the caller's language. */
export const OFFICE_GREETING: FlowDraft = {
  id: "office-greeting",
  name: "Office's greeting",
  kind: "voice",
  start: "which",
  variables: { greeting: "Willkommen beim Bürgeramt." },
  activities: {
    which: {
      type: "switch",
      value: "{{ language | slice(0, 2) }}",
      cases: [{ equals: "en", next: "english" }, { equals: "fr", next: "french" }],
      otherwise: "say",
    },
    english: {
      type: "set",
      variable: "greeting",
      value: "Welcome to the public office.",
      next: "say",
    },
    french: { type: "set", variable: "greeting", value: "Bienvenue à la mairie.", next: "say" },
    say: { type: "play", items: [{ type: "say", text: "{{ greeting }}" }], next: "back" },
    back: { type: "return" },
  },
};
