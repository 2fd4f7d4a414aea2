import {
  entitiesOf,
  type Entity,
  ENTITY_KINDS,
  entityIdOf,
  type ListedKind,
} from "../../../protocol/configuration/entity_kinds.ts";
import type { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import { placeOf } from "./find_entity.ts";

/** A document with one entity put in the place of its id, and that place. */
export function withEntity(
  document: TenantConfiguration,
  kind: ListedKind,
  entity: Entity,
): { document: TenantConfiguration; index: number } {
  const { list, index, known } = lookUp(document, kind, entityIdOf(kind, entity));
  list.splice(index, known ? 1 : 0, entity);
  return { document: { ...document, [ENTITY_KINDS[kind].key]: list }, index };
}

/** A document without one entity. */
export function withoutEntity(
  document: TenantConfiguration,
  kind: ListedKind,
  id: string,
): TenantConfiguration {
  const { list, index, known } = lookUp(document, kind, id);
  if (known) list.splice(index, 1);
  return { ...document, [ENTITY_KINDS[kind].key]: list };
}

function lookUp(document: TenantConfiguration, kind: ListedKind, id: string) {
  const list = [...entitiesOf(document, kind)];
  const index = placeOf(list, kind, id);
  return { list, index, known: index < list.length && entityIdOf(kind, list[index]) === id };
}
