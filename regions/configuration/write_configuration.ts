import { type Kysely, sql, type Transaction } from "kysely";
import type { StrandResolution } from "../../protocol/configuration/configuration_plan.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { FlowDocument } from "../../protocol/flow/flow_document.ts";
import type { CellTables } from "../database/cell_tables.ts";
import { forgetVersions, keepVersions } from "../flows/versions/keep_versions.ts";
import { keepKey, type KeyedEntity } from "./entities/entity_key.ts";
import type { EntityChange } from "./diff_entities.ts";
import type { EntitySecret } from "./entity_secret.ts";
import type { AssetSecret, Credential, SecretRows } from "./secret_changes.ts";

/** A change that was checked, ready to be stored. */
export interface ConfigurationWrite {
  tenantId: string;
  /** The revision it was made of. */
  base: number;
  changes: readonly EntityChange[];
  secrets: SecretRows;
  /** Current version of each flow, by flow id. */
  flowVersions: ReadonlyMap<string, string>;
  /** Documents of the flow versions that are new. */
  newFlows: ReadonlyMap<string, FlowDocument>;
  resolution: StrandResolution | null;
  redirects: Readonly<Record<string, string>>;
  /** The entity that is made with an idempotency key. */
  keyed?: KeyedEntity;
  /** Who makes it, and what they say of it. */
  by: string;
  comment: string;
  /** It takes back the change before: the versions of flows that came with it never were. */
  takesBack?: true;
  /** Epoch ms. */
  at: number;
}

/** Rows that one statement carries. */
const ROWS = 5000;

/**
 * Stores a change in one transaction; the revision grows by one.
 *
 * @param beforeCommit Called when all is written and nothing is final yet; what it throws undoes it.
 * @returns The secrets as they were, to take the change back.
 * @throws AntiphonError `precondition_failed` when the stored revision is not `base`
 */
export async function writeConfiguration(
  db: Kysely<CellTables>,
  write: ConfigurationWrite,
  beforeCommit: () => void = () => {},
): Promise<SecretRows> {
  return await db.transaction().execute(async (tx) => {
    await raiseRevision(tx, write);
    await writeEntities(tx, write);
    for (const [version, document] of write.newFlows) {
      await tx.insertInto("cell.flow_versions")
        .values({ tenant_id: write.tenantId, version, document })
        .onConflict((c) => c.doNothing()).execute();
    }
    if (write.takesBack) await forgetVersions(tx, write.tenantId, write.base);
    else await keepVersions(tx, write);
    if (write.keyed) await keepKey(tx, write.tenantId, write.base + 1, write.keyed, write.at);
    const before = await writeSecrets(tx, write.tenantId, write.secrets);
    beforeCommit();
    return before;
  });
}

async function raiseRevision(tx: Transaction<CellTables>, write: ConfigurationWrite) {
  const { tenantId, base, resolution, redirects } = write;
  const values = {
    flow_versions: Object.fromEntries(write.flowVersions),
    revision: base + 1,
    resolution,
    redirects: { ...redirects },
  };
  const { length } = base === 0
    ? await tx.insertInto("cell.configurations").values({ tenant_id: tenantId, ...values })
      .onConflict((c) => c.doNothing()).returning("tenant_id").execute()
    : await tx.updateTable("cell.configurations").set(values)
      .where("tenant_id", "=", tenantId).where("revision", "=", String(base))
      .returning("tenant_id").execute();
  if (length > 0) return;
  throw new AntiphonError("precondition_failed", "It was changed meanwhile: read it and try again");
}

async function writeEntities(
  tx: Transaction<CellTables>,
  { tenantId, base, changes, at }: ConfigurationWrite,
): Promise<void> {
  const gone = changes.filter((change) => change.action === "delete");
  const kept = changes.filter((change) => change.action !== "delete");
  for (const rows of chunks(gone)) {
    const keys = JSON.stringify(rows.map(({ kind, id }) => ({ kind, id })));
    await sql`
      delete from cell.entities e
      using jsonb_to_recordset(${keys}::text::jsonb) as k (kind text, id text)
      where e.tenant_id = ${tenantId} and e.kind = k.kind and e.id = k.id`.execute(tx);
  }
  for (const rows of chunks(kept)) {
    const bodies = JSON.stringify(rows.map(({ kind, id, after }) => ({ kind, id, body: after })));
    await sql`
      insert into cell.entities (tenant_id, kind, id, body, version, updated_at)
      select ${tenantId}, e.kind, e.id, e.body, ${base + 1}::bigint, ${at}::bigint
      from jsonb_to_recordset(${bodies}::text::jsonb) as e (kind text, id text, body jsonb)
      on conflict (tenant_id, kind, id) do update
        set body = excluded.body, version = excluded.version, updated_at = excluded.updated_at
    `.execute(tx);
  }
}

async function writeSecrets(
  tx: Transaction<CellTables>,
  tenantId: string,
  { agentIds, credentials, assetIds, assetSecrets, entities, entitySecrets, signedOut }: SecretRows,
): Promise<SecretRows> {
  const oldCredentials: Credential[] = [];
  for (const ids of chunks(agentIds)) {
    const rows = await tx.deleteFrom("cell.credentials").where("tenant_id", "=", tenantId)
      .where("agent_id", "in", ids).returning(["agent_id", "username", "password_hash"]).execute();
    oldCredentials.push(...rows);
  }
  const oldSecrets: AssetSecret[] = [];
  for (const ids of chunks(assetIds)) {
    const rows = await tx.deleteFrom("cell.asset_secrets").where("tenant_id", "=", tenantId)
      .where("asset_id", "in", ids).returning(["asset_id", "access_token"]).execute();
    oldSecrets.push(...rows);
  }
  const oldOthers: EntitySecret[] = [];
  for (const { kind, id } of entities) {
    const rows = await tx.deleteFrom("cell.entity_secrets").where("tenant_id", "=", tenantId)
      .where("kind", "=", kind).where("id", "=", id).returning(["kind", "id", "sealed"]).execute();
    oldOthers.push(...rows);
  }
  for (const rows of chunks(entitySecrets)) {
    await tx.insertInto("cell.entity_secrets")
      .values(rows.map((row) => ({ tenant_id: tenantId, ...row }))).execute();
  }
  for (const rows of chunks(credentials)) {
    await tx.insertInto("cell.credentials")
      .values(rows.map((row) => ({ tenant_id: tenantId, ...row }))).execute();
  }
  for (const rows of chunks(assetSecrets)) {
    await tx.insertInto("cell.asset_secrets")
      .values(rows.map((row) => ({ tenant_id: tenantId, ...row }))).execute();
  }
  for (const ids of chunks(signedOut)) {
    await tx.deleteFrom("cell.refresh_tokens").where("tenant_id", "=", tenantId)
      .where("agent_id", "in", ids).execute();
  }
  return {
    agentIds,
    credentials: oldCredentials,
    assetIds,
    assetSecrets: oldSecrets,
    entities,
    entitySecrets: oldOthers,
    signedOut: [],
  };
}

function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let i = 0; i < rows.length; i += ROWS) yield rows.slice(i, i + ROWS);
}
