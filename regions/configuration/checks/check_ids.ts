import {
  entitiesOf,
  ENTITY_KINDS,
  entityIdOf,
  LISTED_KINDS,
} from "../../../protocol/configuration/entity_kinds.ts";
import type { CheckContext } from "./check_context.ts";

/** Ids are unique within their kind, user names and addresses within the tenant. */
export function checkIds(check: CheckContext): void {
  const { document } = check;
  for (const kind of LISTED_KINDS) {
    const { key, idField } = ENTITY_KINDS[kind];
    const ids = entitiesOf(document, kind).map((entity) => entityIdOf(kind, entity));
    check.unique(ids, "id_repeated", (i) => `${key}.${i}.${idField}`);
  }
}
