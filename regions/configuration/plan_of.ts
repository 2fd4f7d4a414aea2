import type {
  ConfigurationPlan,
  FieldChange,
  PlannedChange,
} from "../../protocol/configuration/configuration_plan.ts";
import { ENTITY_KINDS, type EntityKindFacts } from "../../protocol/configuration/entity_kinds.ts";
import type { EntityChange } from "./diff_entities.ts";
import { fieldChanges } from "./field_changes.ts";

/** Changes that a plan names. */
const NAMED = 10_000;

/** Changes as a plan tells them, in their order. */
export function planOf(
  changes: readonly EntityChange[],
): Pick<ConfigurationPlan, "summary" | "changes"> {
  const summary = { create: 0, update: 0, delete: 0 };
  for (const { action } of changes) summary[action] += 1;
  return {
    summary,
    changes: changes.slice(0, NAMED).map((change): PlannedChange => {
      const { action, kind, id } = change;
      return { action, kind, id, fields: fieldsOf(change) };
    }),
  };
}

function fieldsOf({ action, kind, before, after }: EntityChange): FieldChange[] {
  if (action === "delete") return [];
  const fields = fieldChanges(before, after);
  if (action === "create" || fields.length > 0) return fields;
  // Only what nobody is shown differs.
  const facts: EntityKindFacts | undefined = kind === "settings" ? undefined : ENTITY_KINDS[kind];
  return facts?.secretField === undefined ? fields : [{ path: facts.secretField }];
}
