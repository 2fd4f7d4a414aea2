import { z } from "zod";
import { VariableMarks } from "../configuration/variable_marks.ts";
import { DisplayName, Slug } from "../ids/names.ts";
import { FlowEventName } from "./flow_event_name.ts";
import { VariableName } from "./variable_name.ts";
import { VariableType } from "./variable_type.ts";

/** A prompt of the PoP's library, by name. */
export const PromptName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);

/** The most activities a flow may have. */
const MOST_ACTIVITIES = 500;

/**
 * One activity of a flow. What else it has depends on its type: the cell that runs flows knows the
 * types and publishes their schemas.
 */
export const Activity = z.looseObject({ type: Slug });
export type Activity = z.infer<typeof Activity>;

/** A declared variable: a plain text is one that agents may see. */
const Variable = z.union([
  z.string().max(4096),
  VariableMarks.extend({
    type: VariableType.default("text"),
    value: z.string().max(4096).default(""),
  }),
]);

const Handler = z.object({
  event: FlowEventName,
  /** Which custom event. */
  name: Slug.optional(),
  start: Slug,
});

/** A flow: a graph of activities that treats a contact from its entry point on. */
export const FlowDocument = z.object({
  id: Slug,
  name: DisplayName,
  kind: z.enum(["voice", "digital"]),
  start: Slug,
  /** Variables with their first values. */
  variables: z.record(VariableName, Variable).default({}),
  activities: z.record(Slug, Activity)
    .refine((all) => Object.keys(all).length <= MOST_ACTIVITIES, "500 activities at most"),
  /** Where the flow goes on when an activity fails that names no error path of its own. */
  onError: Slug.optional(),
  /** What runs beside the flow when something happens to the interaction. */
  handlers: z.array(Handler).max(32).default([]),
  /** Where a drawing of the flow has its activities, in pixels. */
  layout: z.record(Slug, z.object({ x: z.number(), y: z.number() })).optional(),
});
export type FlowDocument = z.infer<typeof FlowDocument>;
