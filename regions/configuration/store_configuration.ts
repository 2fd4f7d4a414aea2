import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { Sealer } from "../secrets/sealer.ts";
import { hashPassword, verifyPassword } from "../sign_on/password_hash.ts";
import { checkConfiguration } from "./check_configuration.ts";

/**
 * Checks and stores a tenant's configuration in one transaction. Passwords become scrypt hashes,
 * access tokens are sealed, and neither stays in the document. Storing the same again changes
 * nothing.
 * @throws AntiphonError `invalid_request`; nothing was stored then
 */
export async function storeConfiguration(
  db: Kysely<CellTables>,
  sealer: Sealer,
  tenantId: string,
  document: TenantConfiguration,
): Promise<void> {
  checkConfiguration(document);
  const credentials = await credentialsOf(db, tenantId, document);
  const secrets = await secretsOf(db, sealer, tenantId, document);
  const flows = document.flows.map((flow) => ({
    id: flow.id,
    version: createHash("sha256").update(JSON.stringify(flow)).digest("hex").slice(0, 16),
    flow,
  }));
  const open: TenantConfiguration = {
    ...document,
    agents: document.agents.map(({ password: _, ...agent }) => agent),
    assetSenders: document.assetSenders.map(({ accessToken: _, ...sender }) => sender),
  };
  await db.transaction().execute(async (tx) => {
    const row = {
      tenant_id: tenantId,
      document: open,
      flow_versions: Object.fromEntries(flows.map(({ id, version }) => [id, version])),
    };
    await tx.insertInto("cell.configurations").values(row)
      .onConflict((c) =>
        c.column("tenant_id").doUpdateSet({
          document: row.document,
          flow_versions: row.flow_versions,
        })
      ).execute();
    for (const { version, flow } of flows) {
      await tx.insertInto("cell.flow_versions")
        .values({ tenant_id: tenantId, version, document: flow })
        .onConflict((c) => c.doNothing()).execute();
    }
    await tx.deleteFrom("cell.credentials").where("tenant_id", "=", tenantId).execute();
    if (credentials.length > 0) {
      await tx.insertInto("cell.credentials").values(credentials).execute();
    }
    await tx.deleteFrom("cell.asset_secrets").where("tenant_id", "=", tenantId).execute();
    if (secrets.length > 0) await tx.insertInto("cell.asset_secrets").values(secrets).execute();
  });
}

async function credentialsOf(
  db: Kysely<CellTables>,
  tenantId: string,
  document: TenantConfiguration,
) {
  const rows = await db.selectFrom("cell.credentials").selectAll()
    .where("tenant_id", "=", tenantId).execute();
  const known = new Map(rows.map((row) => [row.agent_id, row.password_hash]));
  const missing = document.agents.flatMap((agent, i) =>
    agent.password === undefined && !known.has(agent.id)
      ? [{ path: `agents.${i}.password`, message: "A new agent needs a password" }]
      : []
  );
  refuse(missing);
  return await Promise.all(document.agents.map(async (agent) => {
    const before = known.get(agent.id);
    const keep = before !== undefined &&
      (agent.password === undefined || await verifyPassword(agent.password, before));
    return {
      tenant_id: tenantId,
      agent_id: agent.id,
      username: agent.username,
      password_hash: keep ? before : await hashPassword(agent.password!),
    };
  }));
}

async function secretsOf(
  db: Kysely<CellTables>,
  sealer: Sealer,
  tenantId: string,
  document: TenantConfiguration,
) {
  const rows = await db.selectFrom("cell.asset_secrets").selectAll()
    .where("tenant_id", "=", tenantId).execute();
  const known = new Map(rows.map((row) => [row.asset_id, row.access_token]));
  refuse(
    document.assetSenders.flatMap((sender, i) =>
      sender.accessToken === undefined && !known.has(sender.assetId)
        ? [{ path: `assetSenders.${i}.accessToken`, message: "A new asset needs a token" }]
        : []
    ),
  );
  return await Promise.all(document.assetSenders.map(async (sender) => ({
    tenant_id: tenantId,
    asset_id: sender.assetId,
    access_token: sender.accessToken === undefined
      ? known.get(sender.assetId)!
      : await sealer.seal(sender.accessToken),
  })));
}

function refuse(fields: { path: string; message: string }[]): void {
  if (fields.length === 0) return;
  throw new AntiphonError("invalid_request", "Correct the fields named in errors", {
    data: { fields },
  });
}
