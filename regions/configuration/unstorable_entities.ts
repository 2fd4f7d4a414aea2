import { entitiesOf, ENTITY_KINDS } from "../../protocol/configuration/entity_kinds.ts";
import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { FieldProblem } from "../../protocol/errors/problem.ts";
import { storableText } from "../../protocol/text/storable_text.ts";
import type { EntityChange } from "./diff_entities.ts";

/** Finds entities with text that a database cannot hold: NUL and lone surrogates. */
export function unstorableEntities(
  document: TenantConfiguration,
  changes: readonly EntityChange[],
): FieldProblem[] {
  return changes.flatMap(({ kind, after }) => {
    if (!after || isStorable(after)) return [];
    const path = kind === "settings"
      ? kind
      : `${ENTITY_KINDS[kind].key}.${entitiesOf(document, kind).indexOf(after)}`;
    return [{ path, code: "text_not_storable", message: "Take out control characters" }];
  });
}

/** Whether a database can hold all texts of a value. */
export function isStorable(value: unknown): boolean {
  if (typeof value === "string") return storableText(value) === value;
  if (value === null || typeof value !== "object") return true;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner));
}
