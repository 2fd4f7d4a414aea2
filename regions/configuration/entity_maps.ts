import {
  entitiesOf,
  type Entity,
  ENTITY_KIND_NAMES,
  entityIdOf,
  type EntityKind,
} from "../../protocol/configuration/entity_kinds.ts";
import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";

/** Entities by kind and id. */
export type EntityMaps = ReadonlyMap<EntityKind, ReadonlyMap<string, Entity>>;

/** The entities of a document by kind and id. Of several with one id the last counts. */
export function entityMaps(document: TenantConfiguration): EntityMaps {
  return new Map(
    ENTITY_KIND_NAMES.map((kind) => [
      kind,
      new Map(entitiesOf(document, kind).map((entity) => [entityIdOf(kind, entity), entity])),
    ]),
  );
}
