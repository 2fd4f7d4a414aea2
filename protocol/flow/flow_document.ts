import { z } from "zod";
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
const QueueContact = z.object({
  type: z.literal("queue"),
  queueId: Slug,
  /** Higher is served first. */
  priority: z.number().int().min(0).max(9).default(0),
  /** What a caller hears until an agent answers. */
  music: PromptName.default("hold-music"),
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
  variables: z.record(Variable, z.string().max(4096)).default({}),
  activities: z.record(ActivityId, Activity),
});
export type FlowDocument = z.infer<typeof FlowDocument>;
