import {
  entitiesOf,
  type Entity,
  entityIdOf,
  type ListedKind,
} from "../../../protocol/configuration/entity_kinds.ts";
import type { ConfigurationIndex } from "../configuration_index.ts";
import { placeOf } from "./find_entity.ts";

/** What to list. */
export interface ListQuery {
  limit: number;
  /** The last id of the page before. */
  after?: string;
  /** A part of id or name, in any case. */
  q?: string;
}

/** A page of entities in order of ids. `next` is null on the last one. O(log n + looked at). */
export function listEntities(
  { document }: ConfigurationIndex,
  kind: ListedKind,
  { limit, after, q }: ListQuery,
): { items: Entity[]; next: string | null } {
  const list = entitiesOf(document, kind);
  const wanted = q?.trim().toLowerCase() ?? "";
  const items: Entity[] = [];
  for (let i = after === undefined ? 0 : placeOf(list, kind, after); i < list.length; i++) {
    const id = entityIdOf(kind, list[i]);
    if (id === after || !fits(id, list[i], wanted)) continue;
    if (items.length === limit) return { items, next: entityIdOf(kind, items[limit - 1]) };
    items.push(list[i]);
  }
  return { items, next: null };
}

function fits(id: string, { name }: Entity, wanted: string): boolean {
  return id.toLowerCase().includes(wanted) ||
    (typeof name === "string" && name.toLowerCase().includes(wanted));
}
