import type { Kysely } from "kysely";
import type { FieldProblem } from "../../protocol/errors/problem.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { Sealer } from "../secrets/sealer.ts";
import { versionKey } from "./configuration_index.ts";
import type { EntityChange } from "./diff_entities.ts";
import type { SplitDocument } from "./split_secrets.ts";

/** A row of `cell.entity_secrets` without the tenant. */
export interface EntitySecret {
  kind: string;
  id: string;
  sealed: string;
}

/** Kinds whose secret is sealed in `cell.entity_secrets`: their lists and what the field is called. */
const SEALED = [
  { kind: "virtual-agents", key: "virtualAgents", field: "secret", noun: "virtual agent" },
] as const;

/** What a change comes to for the secrets of these kinds. */
export interface OtherSecrets {
  missing: FieldProblem[];
  changed: string[];
  seal(): Promise<{ entities: { kind: string; id: string }[]; entitySecrets: EntitySecret[] }>;
}

/**
 * Compares the sealed secrets that came with a document to those stored. A new entity needs one;
 * one left out is kept. O(entities changed).
 */
export async function otherSecrets(
  db: Kysely<CellTables>,
  sealer: Sealer,
  tenantId: string,
  { open, secrets }: SplitDocument,
  changes: readonly EntityChange[],
): Promise<OtherSecrets> {
  const missing: FieldProblem[] = [];
  const changed: string[] = [];
  const entities: { kind: string; id: string }[] = [];
  const kept: { kind: string; id: string; sealed: string | undefined; secret?: string }[] = [];
  for (const { kind, key, field, noun } of SEALED) {
    const touched = new Set(changes.filter((change) => change.kind === kind).map(({ id }) => id));
    for (const { id } of open[key]) if (secrets.has(versionKey(kind, id))) touched.add(id);
    if (touched.size === 0) continue;
    const rows = await db.selectFrom("cell.entity_secrets").select(["id", "sealed"])
      .where("tenant_id", "=", tenantId).where("kind", "=", kind).execute();
    const known = new Map(rows.map((row) => [row.id, row.sealed]));
    for (const id of touched) entities.push({ kind, id });
    for (const [i, { id }] of open[key].entries()) {
      if (!touched.has(id)) continue;
      const secret = secrets.get(versionKey(kind, id));
      const sealed = known.get(id);
      if (secret === undefined && sealed === undefined) {
        const path = `${key}.${i}.${field}`;
        missing.push({ path, message: `A new ${noun} needs a ${field}`, code: "secret_required" });
        continue;
      }
      const same = secret === undefined ||
        (sealed !== undefined && await sealer.open(sealed) === secret);
      if (!same) changed.push(versionKey(kind, id));
      kept.push({ kind, id, sealed, ...same ? {} : { secret } });
    }
  }
  return {
    missing,
    changed,
    seal: async () => ({
      entities,
      entitySecrets: await Promise.all(kept.map(async ({ kind, id, sealed, secret }) => ({
        ...{ kind, id },
        sealed: secret === undefined ? sealed! : await sealer.seal(secret),
      }))),
    }),
  };
}
