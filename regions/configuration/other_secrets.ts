import type { Kysely } from "kysely";
import { isDeepStrictEqual } from "node:util";
import type { Connector } from "../../protocol/configuration/connector.ts";
import type { Entity } from "../../protocol/configuration/entity_kinds.ts";
import { entitiesOf } from "../../protocol/configuration/entity_kinds.ts";
import type { FieldProblem } from "../../protocol/errors/problem.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { Sealer } from "../secrets/sealer.ts";
import type { TenantKeys } from "../secrets/tenant_keys.ts";
import { versionKey } from "./configuration_index.ts";
import type { EntityChange } from "./diff_entities.ts";
import type { EntitySecret } from "./entity_secret.ts";
import type { SplitDocument } from "./split_secrets.ts";

/** A kind whose secret is sealed in `cell.entity_secrets`. */
interface SealedKind {
  kind: "virtual-agents" | "connectors" | "global-variables";
  key: "virtualAgents" | "connectors" | "globalVariables";
  field: string;
  noun: string;
  /** Whether an entity, as it is shown, goes with a secret: always, perhaps or never. */
  needs: (entity: Entity) => "always" | "maybe" | "never";
  /** What a secret was given for: when it changes the secret is asked for again. */
  boundTo?: (entity: Entity) => unknown;
}

const SEALED: readonly SealedKind[] = [
  {
    ...{ kind: "virtual-agents", key: "virtualAgents", field: "secret", noun: "virtual agent" },
    needs: () => "always",
  },
  {
    ...{ kind: "connectors", key: "connectors", field: "authentication.secret", noun: "connector" },
    needs: (entity) => {
      const { type } = (entity as Connector).authentication;
      return type === "none" ? "never" : "always";
    },
    // Else whoever may change the address could have the secret sent to themselves.
    boundTo: (entity) => {
      const { baseUrl, authentication } = entity as Connector;
      return { origin: new URL(baseUrl).origin, authentication };
    },
  },
  {
    ...{ kind: "global-variables", key: "globalVariables", field: "value", noun: "variable" },
    needs: ({ sensitive }) => sensitive === true ? "maybe" : "never",
  },
];

/** What a change comes to for the secrets of these kinds. */
export interface OtherSecrets {
  missing: FieldProblem[];
  changed: string[];
  seal(): Promise<{ entities: { kind: string; id: string }[]; entitySecrets: EntitySecret[] }>;
}

/**
 * Compares the sealed secrets that came with a document to those stored. A new entity needs one,
 * and so does one whose address changes; one left out is kept otherwise. Values of variables are
 * sealed by the tenant's key, so that flows can hand them on unopened. O(entities changed).
 */
export async function otherSecrets(
  db: Kysely<CellTables>,
  sealer: Sealer,
  keys: TenantKeys,
  tenantId: string,
  { open, secrets }: SplitDocument,
  changes: readonly EntityChange[],
): Promise<OtherSecrets> {
  const missing: FieldProblem[] = [];
  const changed: string[] = [];
  const entities: { kind: string; id: string }[] = [];
  const kept: { kind: string; id: string; sealed: string | undefined; secret?: string }[] = [];
  const ofTenant = (kind: string) => kind === "global-variables";
  const opened = (kind: string, sealed: string) =>
    ofTenant(kind) ? keys.open(tenantId, sealed) : sealer.open(sealed);
  for (const { kind, key, field, noun, needs, boundTo } of SEALED) {
    const before = new Map(
      changes.filter((change) => change.kind === kind).map((change) => [change.id, change.before]),
    );
    const touched = new Set(before.keys());
    for (const { id } of open[key]) if (secrets.has(versionKey(kind, id))) touched.add(id);
    if (touched.size === 0) continue;
    const rows = await db.selectFrom("cell.entity_secrets").select(["id", "sealed"])
      .where("tenant_id", "=", tenantId).where("kind", "=", kind).execute();
    const known = new Map(rows.map((row) => [row.id, row.sealed]));
    for (const id of touched) entities.push({ kind, id });
    for (const [i, entity] of entitiesOf(open, kind).entries()) {
      const id = entity.id as string;
      const need = needs(entity);
      if (!touched.has(id) || need === "never") continue;
      const old = before.get(id);
      const moved = boundTo !== undefined && old !== undefined &&
        !isDeepStrictEqual(boundTo(old), boundTo(entity));
      const secret = secrets.get(versionKey(kind, id));
      const sealed = known.get(id);
      if (secret === undefined && (sealed === undefined || moved)) {
        if (need === "maybe") continue;
        const path = `${key}.${i}.${field}`;
        const message = moved && sealed !== undefined
          ? `Give the ${field} again: what it is for has changed`
          : `A new ${noun} needs a ${field}`;
        missing.push({ path, message, code: "secret_required" });
        continue;
      }
      const same = secret === undefined ||
        (sealed !== undefined && await opened(kind, sealed) === secret);
      if (!same) changed.push(versionKey(kind, id));
      kept.push({ kind, id, sealed, ...same ? {} : { secret } });
    }
  }
  const seal = (kind: string, secret: string) =>
    ofTenant(kind) ? keys.seal(tenantId, secret) : sealer.seal(secret);
  return {
    missing,
    changed,
    seal: async () => ({
      entities,
      entitySecrets: await Promise.all(kept.map(async ({ kind, id, sealed, secret }) => ({
        ...{ kind, id },
        sealed: secret === undefined ? sealed! : await seal(kind, secret),
      }))),
    }),
  };
}
