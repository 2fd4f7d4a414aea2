import type { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import type { ProblemCode } from "../../configuration/checks/problem_code.ts";
import type { ActivityDefinition } from "../activity_definition.ts";
import { ACTIVITIES } from "../activities/activities.ts";
import { upcastActivity } from "../engine/upcast_activity.ts";
import { type Field, fieldsOf } from "../fields/fields_of.ts";

/** An activity that fits its schema. */
export interface ParsedActivity {
  id: string;
  definition: ActivityDefinition;
  activity: { type: string } & Record<string, unknown>;
  fields: readonly Field[];
  /** Where it may lead; what it does after a fault is told apart. */
  leads: readonly { field: string; to: string; afterFault: boolean }[];
  /** Flows that it calls. */
  calls: readonly string[];
  /** Entry points whose flows go on from there, and do not come back. */
  passesTo: readonly { field: string; entryPointId: string }[];
}

/** A flow as validation reads it. */
export interface ParsedFlow {
  document: FlowDocument;
  /** Those that fit. */
  activities: ReadonlyMap<string, ParsedActivity>;
  /** What does not fit, by paths within the document. */
  misfits: readonly { path: string; code: ProblemCode; message: string }[];
  /** Variables that its activities write. */
  writes: ReadonlySet<string>;
}

const parsed = new WeakMap<FlowDocument, ParsedFlow>();

/** Reads a flow's activities by their schemas. O(document) once for each document, O(1) after. */
export function parsedFlow(document: FlowDocument): ParsedFlow {
  const known = parsed.get(document);
  if (known) return known;
  const activities = new Map<string, ParsedActivity>();
  const misfits: { path: string; code: ProblemCode; message: string }[] = [];
  const writes = new Set<string>();
  for (const [id, stored] of Object.entries(document.activities)) {
    const path = `activities.${id}`;
    const raw = upcastActivity(stored);
    const definition = ACTIVITIES.get(raw.type);
    if (!definition) {
      const message = `There is no activity of type ${raw.type}`;
      misfits.push({ path: `${path}.type`, code: "activity_unknown", message });
      continue;
    }
    const result = definition.schema.safeParse(raw);
    if (!result.success) {
      for (const { path: within, message } of result.error.issues) {
        misfits.push({ path: [path, ...within].join("."), code: "activity_invalid", message });
      }
      continue;
    }
    const activity = result.data as ParsedActivity["activity"];
    const fields = fieldsOf(definition.schema, activity);
    for (const { value, marker } of fields) {
      if (marker.kind === "variable" && marker.access !== "read") writes.add(value);
    }
    activities.set(id, {
      id,
      definition,
      activity,
      fields,
      leads: fields.filter(({ marker }) => marker.kind === "path")
        .map(({ path, value }) => ({ field: path, to: value, afterFault: path === "onError" })),
      calls: fields.filter(({ marker }) => marker.kind === "reference" && marker.to === "flow")
        .map(({ value }) => value),
      passesTo: fields
        .filter(({ marker }) => marker.kind === "reference" && marker.to === "entry-point")
        .map(({ path, value }) => ({ field: path, entryPointId: value })),
    });
  }
  const flow = { document, activities, misfits, writes };
  parsed.set(document, flow);
  return flow;
}
