import { isDeepStrictEqual } from "node:util";
import {
  type Entity,
  ENTITY_KIND_NAMES,
  type EntityKind,
} from "../../protocol/configuration/entity_kinds.ts";
import type { EntityMaps } from "./entity_maps.ts";

/** One entity that differs. */
export type EntityChange =
  & { kind: EntityKind; id: string }
  & (
    | { action: "create"; before?: undefined; after: Entity }
    /** Both may be equal: then only the secret beside the entity changes. */
    | { action: "update"; before: Entity; after: Entity }
    | { action: "delete"; before: Entity; after?: undefined }
  );

/**
 * What makes `after` of `before`, in an order in which nothing refers to what is not there: what
 * others refer to is made first and deleted last; within a kind by id. O(entities); those that are
 * the same object are not looked into.
 */
export function diffEntities(before: EntityMaps, after: EntityMaps): EntityChange[] {
  const made: EntityChange[] = [];
  const gone: EntityChange[] = [];
  for (const kind of ENTITY_KIND_NAMES) {
    const old = before.get(kind) ?? new Map<string, Entity>();
    const now = after.get(kind) ?? new Map<string, Entity>();
    const changes: EntityChange[] = [];
    for (const [id, entity] of now) {
      const known = old.get(id);
      if (!known) changes.push({ action: "create", kind, id, after: entity });
      else if (known !== entity && !isDeepStrictEqual(known, entity)) {
        changes.push({ action: "update", kind, id, before: known, after: entity });
      }
    }
    made.push(...changes.sort(byId));
    const deleted: EntityChange[] = [];
    for (const [id, entity] of old) {
      if (!now.has(id)) deleted.push({ action: "delete", kind, id, before: entity });
    }
    gone.unshift(...deleted.sort(byId));
  }
  return [...made, ...gone];
}

function byId(a: EntityChange, b: EntityChange): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
