import {
  type Entity,
  ENTITY_KINDS,
  type ListedKind,
} from "../../../protocol/configuration/entity_kinds.ts";
import type { ConfigurationEditor } from "../configuration_editor.ts";
import type { ConfigurationIndex } from "../configuration_index.ts";
import type { EntityKey } from "./entity_key.ts";
import { relativeRefusal } from "./relative_refusal.ts";
import { withEntity } from "./with_entity.ts";

/**
 * Puts an entity in the place of its id.
 *
 * @param expects Looks at what is there, and throws if it is not what the caller thinks.
 * @param options `keyed` remembers it under an idempotency key; `by` puts it there, and
 * says `comment` of it.
 * @returns The configuration that has it.
 * @throws AntiphonError `invalid_request`, `would_strand`, and whatever `expects` throws
 */
export async function replaceEntity(
  editor: ConfigurationEditor,
  tenantId: string,
  kind: ListedKind,
  entity: Entity,
  expects: (current: ConfigurationIndex) => void,
  { keyed, by, comment }: { keyed?: EntityKey; by?: string; comment?: string } = {},
): Promise<ConfigurationIndex> {
  return await editor.change(tenantId, (current) => {
    expects(current);
    const { document, index } = withEntity(current.document, kind, entity);
    const refusal = relativeRefusal(`${ENTITY_KINDS[kind].key}.${index}.`);
    return { document, tolerant: true, refusal, keyed, by, comment };
  });
}
