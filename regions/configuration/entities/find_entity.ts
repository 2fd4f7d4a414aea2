import {
  entitiesOf,
  type Entity,
  entityIdOf,
  type EntityKind,
} from "../../../protocol/configuration/entity_kinds.ts";
import type { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";

/** An entity of a document whose lists are in order of ids. O(log n). */
export function findEntity(
  document: TenantConfiguration,
  kind: EntityKind,
  id: string,
): Entity | undefined {
  const list = entitiesOf(document, kind);
  const entity = list[placeOf(list, kind, id)];
  return entity && entityIdOf(kind, entity) === id ? entity : undefined;
}

/** The place of the first entity whose id is not below `id`. O(log n). */
export function placeOf(list: readonly Entity[], kind: EntityKind, id: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entityIdOf(kind, list[middle]) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
