import {
  type Entity,
  entityIdOf,
  type ListedKind,
} from "../../../protocol/configuration/entity_kinds.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { canonicalJson } from "../../tenants/snapshot/canonical_json.ts";
import type { ConfigurationEditor } from "../configuration_editor.ts";
import { versionKey } from "../configuration_index.ts";
import { createEntity } from "./create_entity.ts";
import { findKey } from "./entity_key.ts";
import { findEntity } from "./find_entity.ts";

/** An entity to be made. */
export interface Creation {
  tenantId: string;
  kind: ListedKind;
  entity: Entity;
  /** The caller's idempotency key. */
  key: string | undefined;
  /** Who makes it. */
  by?: string;
}

/** What was made, now or before. */
export interface CreationAnswer {
  /** As it is shown. */
  entity: Entity;
  version: number;
  /** It was made by an earlier request with the same key. */
  replayed: boolean;
}

/**
 * Makes an entity; a repeat with the same key is answered as the first time.
 * @throws AntiphonError `conflict`, `invalid_request`, `idempotency_key_reused`
 */
export async function createOnce(
  editor: ConfigurationEditor,
  { tenantId, kind, entity, key, by }: Creation,
): Promise<CreationAnswer> {
  const { db, sealer, now } = editor.ports;
  const id = entityIdOf(kind, entity);
  const claim = key === undefined
    ? undefined
    : { key, fingerprint: sealer.fingerprint(canonicalJson([kind, entity])) };
  const before = async () => claim && await findKey(db, tenantId, claim, now());
  const known = await before();
  if (known) return { ...known, replayed: true };
  try {
    const keyed = claim && { ...claim, kind, id };
    const after = await createEntity(editor, tenantId, kind, entity, { keyed, by });
    const version = after.stored.versions.get(versionKey(kind, id))!;
    return { entity: findEntity(after.document, kind, id)!, version, replayed: false };
  } catch (error) {
    // The first request with this key may have been under way.
    const first = error instanceof AntiphonError && error.code === "conflict" && await before();
    if (!first) throw error;
    return { ...first, replayed: true };
  }
}
