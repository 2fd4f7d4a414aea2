import { digitalHours } from "./digital_hours.ts";
import { digitalQuestions } from "./digital_questions.ts";
import type { FlowTemplate } from "./flow_template.ts";
import { voiceHours } from "./voice_hours.ts";
import { voiceMenu } from "./voice_menu.ts";

/** Flows to begin with, by the ids of their documents. */
export const FLOW_TEMPLATES: ReadonlyMap<string, FlowTemplate> = new Map(
  [voiceMenu, voiceHours, digitalQuestions, digitalHours].map((it) => [it.document.id, it]),
);
