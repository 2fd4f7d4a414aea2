import type { Kysely } from "kysely";
import type { AgentConfiguration } from "../../protocol/configuration/agent_configuration.ts";
import type { FieldProblem } from "../../protocol/errors/problem.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { Sealer } from "../secrets/sealer.ts";
import type { TenantKeys } from "../secrets/tenant_keys.ts";
import { hashPassword, verifyPassword } from "../sign_on/password_hash.ts";
import { versionKey } from "./configuration_index.ts";
import type { EntitySecret } from "./entity_secret.ts";
import { otherSecrets } from "./other_secrets.ts";
import type { EntityChange } from "./diff_entities.ts";
import type { SplitDocument } from "./split_secrets.ts";

/** A row of `cell.credentials` without the tenant. */
export interface Credential {
  agent_id: string;
  username: string;
  password_hash: string;
}

/** A row of `cell.asset_secrets` without the tenant. */
export interface AssetSecret {
  asset_id: string;
  access_token: string;
}

/** Rows of secrets that a change replaces: those of the named agents, assets and entities by these. */
export interface SecretRows {
  agentIds: readonly string[];
  credentials: readonly Credential[];
  assetIds: readonly string[];
  assetSecrets: readonly AssetSecret[];
  entities: readonly { kind: string; id: string }[];
  entitySecrets: readonly EntitySecret[];
  /** Agents who must sign in anew. */
  signedOut: readonly string[];
}

/** What a change comes to for secrets. */
export interface SecretChanges {
  /** New entities whose secret is missing. */
  missing: FieldProblem[];
  /** Entities whose secret differs (`versionKey`). */
  changed: ReadonlySet<string>;
  /** Hashes and seals; takes about 50 ms a new password. */
  seal(): Promise<SecretRows>;
}

/**
 * Compares the secrets that came with a document to those stored. Passwords that are the same
 * count as unchanged; comparing one takes about 50 ms.
 *
 * @param changes Entities that differ.
 */
export async function secretChanges(
  db: Kysely<CellTables>,
  sealer: Sealer,
  keys: TenantKeys,
  tenantId: string,
  { open, secrets }: SplitDocument,
  changes: readonly EntityChange[],
): Promise<SecretChanges> {
  const agentIds = new Set(idsOf("agents", changes));
  for (const agent of open.agents) {
    if (secrets.has(versionKey("agents", agent.id))) agentIds.add(agent.id);
  }
  const assetIds = new Set(idsOf("asset-senders", changes));
  for (const { assetId } of open.assetSenders) {
    if (secrets.has(versionKey("asset-senders", assetId))) assetIds.add(assetId);
  }
  const others = await otherSecrets(db, sealer, keys, tenantId, { open, secrets }, changes);
  const hashes = await knownHashes(db, tenantId, agentIds);
  const tokens = await knownTokens(db, tenantId, assetIds);

  const missing: FieldProblem[] = [...others.missing];
  const agents = open.agents.filter((agent, i) => {
    if (!agentIds.has(agent.id)) return false;
    const has = hashes.has(agent.id) || secrets.has(versionKey("agents", agent.id));
    if (!has) missing.push(required(`agents.${i}.password`, "A new agent needs a password"));
    return has;
  });
  const senders = open.assetSenders.filter(({ assetId }, i) => {
    if (!assetIds.has(assetId)) return false;
    const has = tokens.has(assetId) || secrets.has(versionKey("asset-senders", assetId));
    if (!has) missing.push(required(`assetSenders.${i}.accessToken`, "A new asset needs a token"));
    return has;
  });

  const changed = new Set<string>(others.changed);
  await Promise.all([
    ...agents.map(async ({ id }) => {
      const password = secrets.get(versionKey("agents", id));
      const known = hashes.get(id);
      if (password === undefined) return;
      if (known && await verifyPassword(password, known)) return;
      changed.add(versionKey("agents", id));
    }),
    ...senders.map(async ({ assetId }) => {
      const token = secrets.get(versionKey("asset-senders", assetId));
      const known = tokens.get(assetId);
      if (token === undefined || (known && await sealer.open(known) === token)) return;
      changed.add(versionKey("asset-senders", assetId));
    }),
  ]);

  const credential = async (agent: AgentConfiguration): Promise<Credential> => {
    const key = versionKey("agents", agent.id);
    return {
      agent_id: agent.id,
      username: agent.username,
      password_hash: changed.has(key)
        ? await hashPassword(secrets.get(key)!)
        : hashes.get(agent.id)!,
    };
  };
  const assetSecret = async ({ assetId }: { assetId: string }): Promise<AssetSecret> => {
    const key = versionKey("asset-senders", assetId);
    return {
      asset_id: assetId,
      access_token: changed.has(key) ? await sealer.seal(secrets.get(key)!) : tokens.get(assetId)!,
    };
  };
  return {
    missing,
    changed,
    seal: async () => ({
      agentIds: [...agentIds],
      credentials: await Promise.all(agents.map(credential)),
      assetIds: [...assetIds],
      assetSecrets: await Promise.all(senders.map(assetSecret)),
      ...await others.seal(),
      signedOut: [
        ...changes.filter(({ kind, action }) => kind === "agents" && action === "delete")
          .map(({ id }) => id),
        ...agents.map(({ id }) => id)
          .filter((id) => hashes.has(id) && changed.has(versionKey("agents", id))),
      ],
    }),
  };
}

function idsOf(kind: EntityChange["kind"], changes: readonly EntityChange[]): string[] {
  return changes.filter((change) => change.kind === kind).map((change) => change.id);
}

function required(path: string, message: string): FieldProblem {
  return { path, message, code: "secret_required" };
}

async function knownHashes(
  db: Kysely<CellTables>,
  tenantId: string,
  agentIds: ReadonlySet<string>,
): Promise<Map<string, string>> {
  if (agentIds.size === 0) return new Map();
  const rows = await db.selectFrom("cell.credentials").select(["agent_id", "password_hash"])
    .where("tenant_id", "=", tenantId).execute();
  return new Map(rows.map((row) => [row.agent_id, row.password_hash]));
}

async function knownTokens(
  db: Kysely<CellTables>,
  tenantId: string,
  assetIds: ReadonlySet<string>,
): Promise<Map<string, string>> {
  if (assetIds.size === 0) return new Map();
  const rows = await db.selectFrom("cell.asset_secrets").select(["asset_id", "access_token"])
    .where("tenant_id", "=", tenantId).execute();
  return new Map(rows.map((row) => [row.asset_id, row.access_token]));
}
