import {
  entitiesOf,
  ENTITY_KINDS,
  entityIdOf,
  type EntityKindFacts,
  LISTED_KINDS,
} from "../../protocol/configuration/entity_kinds.ts";
import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { versionKey } from "./configuration_index.ts";
import { takeSecret } from "./take_secret.ts";

/** A document without what is write-only, and that by the entity it belongs to (`versionKey`). */
export interface SplitDocument {
  open: TenantConfiguration;
  secrets: ReadonlyMap<string, string>;
}

/** Takes what is write-only out of a document. What had none stays the same object. */
export function splitSecrets(document: TenantConfiguration): SplitDocument {
  const secrets = new Map<string, string>();
  const lists: Record<string, unknown> = {};
  for (const kind of LISTED_KINDS) {
    const { key, secretField }: EntityKindFacts = ENTITY_KINDS[kind];
    if (secretField === undefined) continue;
    lists[key] = entitiesOf(document, kind).map((entity) => {
      const { open, secret } = takeSecret(kind, entity);
      if (secret !== undefined) secrets.set(versionKey(kind, entityIdOf(kind, entity)), secret);
      return open;
    });
  }
  return { open: { ...document, ...lists }, secrets };
}
