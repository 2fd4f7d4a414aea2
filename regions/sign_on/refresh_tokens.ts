import { createHash, randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { CellTables } from "../database/cell_tables.ts";

/** A refresh token ends after this many seconds: one long shift. */
export const REFRESH_SECONDS = 12 * 3600;

/** Whose a refresh token is. A family is one sign-on and all tokens that came of it. */
export interface RefreshSubject {
  tenantId: string;
  agentId: string;
  family: string;
}

/** Makes a refresh token. Only its hash is stored. */
export async function issueRefreshToken(
  db: Kysely<CellTables>,
  subject: RefreshSubject,
  now: number,
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db.insertInto("cell.refresh_tokens").values({
    hash: hashOf(token),
    tenant_id: subject.tenantId,
    agent_id: subject.agentId,
    family: subject.family,
    expires_at: now + REFRESH_SECONDS * 1000,
    used: false,
  }).execute();
  await db.deleteFrom("cell.refresh_tokens").where("expires_at", "<", String(now)).execute();
  return token;
}

/**
 * Uses a refresh token up. A token that was used before was stolen or repeated: its whole family
 * ends (RFC 9700 section 4.14.2). Undefined when it grants nothing.
 */
export async function takeRefreshToken(
  db: Kysely<CellTables>,
  request: { tenantId: string; refreshToken: string },
  now: number,
): Promise<RefreshSubject | undefined> {
  const hash = hashOf(request.refreshToken);
  const row = await db.updateTable("cell.refresh_tokens").set({ used: true })
    .where("hash", "=", hash).where("tenant_id", "=", request.tenantId).where("used", "=", false)
    .where("expires_at", ">", String(now))
    .returning(["agent_id", "family"]).executeTakeFirst();
  if (row) return { tenantId: request.tenantId, agentId: row.agent_id, family: row.family };
  const repeated = await db.selectFrom("cell.refresh_tokens").select("family")
    .where("hash", "=", hash).executeTakeFirst();
  if (repeated) {
    await db.deleteFrom("cell.refresh_tokens").where("family", "=", repeated.family).execute();
  }
  return undefined;
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
