import {
  type Entity,
  ENTITY_KINDS,
  entityIdOf,
  type ListedKind,
} from "../../../protocol/configuration/entity_kinds.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { ConfigurationEditor } from "../configuration_editor.ts";
import type { ConfigurationIndex } from "../configuration_index.ts";
import type { EntityKey } from "./entity_key.ts";
import { findEntity } from "./find_entity.ts";
import { replaceEntity } from "./replace_entity.ts";

/**
 * Adds an entity.
 *
 * @param options `conditional`: the caller asked for nothing to be there (`If-None-Match: *`);
 * `keyed` remembers it under an idempotency key; `by` makes it.
 * @returns The configuration that has it.
 * @throws AntiphonError `conflict` when there is one with its id, or `precondition_failed` if
 * `conditional`; `invalid_request`
 */
export async function createEntity(
  editor: ConfigurationEditor,
  tenantId: string,
  kind: ListedKind,
  entity: Entity,
  options: { conditional?: boolean; keyed?: EntityKey; by?: string } = {},
): Promise<ConfigurationIndex> {
  return await replaceEntity(editor, tenantId, kind, entity, ({ document }) => {
    const id = entityIdOf(kind, entity);
    if (!findEntity(document, kind, id)) return;
    const message = `There is a ${ENTITY_KINDS[kind].noun} "${id}" already`;
    throw new AntiphonError(options.conditional ? "precondition_failed" : "conflict", message, {
      data: { kind, id },
    });
  }, options);
}
