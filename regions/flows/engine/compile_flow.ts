import type { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import type { FlowEventName } from "../../../protocol/flow/flow_event_name.ts";
import type { VariableType } from "../../../protocol/flow/variable_type.ts";
import type { ActivityDefinition } from "../activity_definition.ts";
import { ACTIVITIES } from "../activities/activities.ts";
import { SYSTEM_VARIABLES } from "../system_variables.ts";
import { upcastActivity } from "./upcast_activity.ts";

/** An activity with what runs it. */
export interface CompiledActivity {
  id: string;
  definition: ActivityDefinition;
  /** As its schema gives it, with defaults. */
  activity: { type: string; onError?: string };
}

/** A flow's version, ready to run. */
export interface CompiledFlow {
  document: FlowDocument;
  /** Those that this program can run; the others fail when they are entered. */
  activities: ReadonlyMap<string, CompiledActivity>;
  /** Types of declared and system variables; others are text. */
  types: Readonly<Record<string, VariableType>>;
  handlers: readonly { event: FlowEventName; name?: string; start: string }[];
}

const compiled = new WeakMap<FlowDocument, CompiledFlow>();

/**
 * Makes a flow ready to run. O(activities) once for each document, O(1) after. What does not fit
 * its schema (the document is older than the program) is left out.
 */
export function compileFlow(document: FlowDocument): CompiledFlow {
  const known = compiled.get(document);
  if (known) return known;
  const activities = new Map<string, CompiledActivity>();
  for (const [id, stored] of Object.entries(document.activities)) {
    const raw = upcastActivity(stored);
    const definition = ACTIVITIES.get(raw.type);
    const parsed = definition?.schema.safeParse(raw);
    if (definition && parsed?.success) {
      activities.set(id, { id, definition, activity: parsed.data as CompiledActivity["activity"] });
    }
  }
  const types: Record<string, VariableType> = { ...SYSTEM_VARIABLES };
  for (const [name, variable] of Object.entries(document.variables)) {
    types[name] = typeof variable === "string" ? "text" : variable.type;
  }
  const flow = { document, activities, types, handlers: document.handlers ?? [] };
  compiled.set(document, flow);
  return flow;
}
