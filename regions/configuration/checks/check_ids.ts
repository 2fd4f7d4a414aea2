import {
  entitiesOf,
  ENTITY_KINDS,
  entityIdOf,
  LISTED_KINDS,
} from "../../../protocol/configuration/entity_kinds.ts";
import { ENTITY_LIMITS } from "./entity_limits.ts";
import type { CheckContext } from "./check_context.ts";

/** Ids are unique within their kind, and there are no more of a kind than the document may have. */
export function checkIds(check: CheckContext): void {
  const { document } = check;
  for (const kind of LISTED_KINDS) {
    const { key, idField } = ENTITY_KINDS[kind];
    const ids = entitiesOf(document, kind).map((entity) => entityIdOf(kind, entity));
    const most = ENTITY_LIMITS[kind];
    if (ids.length > most) check.report(key, "too_many", `Have at most ${most}`);
    check.unique(ids, "id_repeated", (i) => `${key}.${i}.${idField}`);
  }
}
