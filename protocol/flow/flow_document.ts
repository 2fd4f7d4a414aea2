import { z } from "zod";
import { RelaxationStep, SkillRequirement } from "../configuration/skill_requirement.ts";
import { VariableMarks } from "../configuration/variable_marks.ts";
import { DisplayName, Slug } from "../ids/names.ts";

const ActivityId = Slug;
const Variable = z.string().regex(/^[a-z][A-Za-z0-9]{0,62}$/, "a letter, then letters and digits");
/** Text in which `{{variable}}` stands for a variable's value. */
const Template = z.string().max(4096);
/** A prompt of the PoP's library, by name. */
export const PromptName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);

const Play = z.object({
  type: z.literal("play"),
  prompt: PromptName,
  next: ActivityId,
});
const Collect = z.object({
  type: z.literal("collect"),
  /** Played while digits are awaited; the first digit stops it. */
  prompt: PromptName.optional(),
  variable: Variable,
  maxDigits: z.number().int().min(1).max(32),
  firstDigitSeconds: z.number().min(1).max(60).default(8),
  interDigitSeconds: z.number().min(1).max(30).default(3),
  terminator: z.enum(["#", "*"]).optional(),
  next: ActivityId,
  onTimeout: ActivityId,
});
const SetVariable = z.object({
  type: z.literal("set"),
  variable: Variable,
  value: Template,
  next: ActivityId,
});
const Branch = z.object({
  type: z.literal("branch"),
  variable: Variable,
  cases: z.array(z.object({ equals: z.string().max(256), next: ActivityId })).min(1).max(64),
  otherwise: ActivityId,
});
const waiting = {
  /** Higher is served first. */
  priority: z.number().int().min(0).max(9).default(0),
  /** What a caller hears while nothing else is played. */
  music: PromptName.default("hold-music"),
  /** The treatment: where the flow goes on while the contact waits, until an agent is offered it. */
  next: ActivityId.optional(),
};
/** Reserves an agent of a queue at once, or parks the contact there. */
const QueueContact = z.object({
  type: z.literal("queue"),
  queueId: Slug,
  ...waiting,
  /** Where to go outside the queue's hours; without it a caller is released then. */
  onClosed: ActivityId.optional(),
  requirements: z.array(SkillRequirement).max(16).default([]),
  /** Steps in order of time, each asking for the same or less than the one before. */
  relaxation: z.array(RelaxationStep).max(16).default([]),
});
/** Reserves one agent, or parks the contact until that agent is free. */
const QueueToAgent = z.object({
  type: z.literal("queue-to-agent"),
  /** An agent's id; may be a template, such as "{{accountManager}}". */
  agentId: Template.min(1),
  /** The queue that counts the contact and whose times hold. */
  queueId: Slug,
  ...waiting,
  /** Where to go when there is no such agent or they are not signed in. */
  onUnavailable: ActivityId,
});
/** Sets queuePosition, estimatedWaitSeconds, agentsAvailable and agentsSignedIn. */
const QueueInformation = z.object({
  type: z.literal("queue-information"),
  queueId: Slug,
  next: ActivityId,
});
const HangUp = z.object({ type: z.literal("hang-up") });
const SendMessage = z.object({
  type: z.literal("send-message"),
  text: Template.min(1),
  next: ActivityId,
});

/** One activity of a flow. `next`, `otherwise` and `onTimeout` name other activities. */
export const Activity = z.discriminatedUnion("type", [
  Play,
  Collect,
  SetVariable,
  Branch,
  QueueContact,
  QueueToAgent,
  QueueInformation,
  HangUp,
  SendMessage,
]);
export type Activity = z.infer<typeof Activity>;

/** A flow: a graph of activities that treats a contact from its entry point on. */
export const FlowDocument = z.object({
  id: Slug,
  name: DisplayName,
  kind: z.enum(["voice", "digital"]),
  start: ActivityId,
  /** Variables with their first values; a plain text is one that agents may see. */
  variables: z.record(
    Variable,
    z.union([z.string().max(4096), VariableMarks.extend({ value: z.string().max(4096) })]),
  ).default({}),
  activities: z.record(ActivityId, Activity),
});
export type FlowDocument = z.infer<typeof FlowDocument>;
