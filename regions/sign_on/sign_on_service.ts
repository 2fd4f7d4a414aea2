import type { Kysely } from "kysely";
import { signAccessToken } from "../../protocol/access_token/sign_access_token.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { PrivateServiceKey } from "../../protocol/service_token/service_key.ts";
import type { CellSignOnGrant, CellSignOnRequest } from "../../protocol/sign_on/sign_on.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { verifyPassword } from "./password_hash.ts";
import { issueRefreshToken, REFRESH_SECONDS, takeRefreshToken } from "./refresh_tokens.ts";

/** Access tokens end after this many seconds. */
export const ACCESS_SECONDS = 600;

/** What {@linkcode signOn} needs. */
export interface SignOnPorts {
  db: Kysely<CellTables>;
  key: PrivateServiceKey;
  now: () => number;
  newId: () => string;
  configuration: (tenantId: string) => Promise<TenantConfiguration | undefined>;
}

/**
 * Grants tokens for a password or a refresh token, or revokes a refresh token's family (null).
 * Wrong user and wrong password are told apart neither by answer nor by time.
 * @throws AntiphonError `invalid_credentials`
 */
export async function signOn(
  request: CellSignOnRequest,
  ports: SignOnPorts,
): Promise<CellSignOnGrant | null> {
  if (request.grant === "password") {
    const row = await ports.db.selectFrom("cell.credentials").selectAll()
      .where("tenant_id", "=", request.tenantId).where("username", "=", request.username)
      .executeTakeFirst();
    if (!await verifyPassword(request.password, row?.password_hash) || !row) throw refused();
    return await grant(request.tenantId, row.agent_id, ports.newId(), ports);
  }
  const known = await takeRefreshToken(ports.db, request, ports.now());
  if (request.grant === "revoke") {
    if (known) {
      await ports.db.deleteFrom("cell.refresh_tokens").where("family", "=", known.family).execute();
    }
    return null;
  }
  if (!known) throw refused();
  return await grant(request.tenantId, known.agentId, known.family, ports);
}

async function grant(
  tenantId: string,
  agentId: string,
  family: string,
  ports: SignOnPorts,
): Promise<CellSignOnGrant> {
  const configuration = await ports.configuration(tenantId);
  const agent = configuration?.agents.find((candidate) => candidate.id === agentId);
  if (!agent) throw refused();
  const exp = Math.floor(ports.now() / 1000) + ACCESS_SECONDS;
  return {
    accessToken: await signAccessToken(
      ports.key,
      { sub: agentId, tenant: tenantId, roles: agent.roles, exp },
      ports.now,
    ),
    expiresIn: ACCESS_SECONDS,
    refreshToken: await issueRefreshToken(ports.db, { tenantId, agentId, family }, ports.now()),
    refreshExpiresIn: REFRESH_SECONDS,
    agent: { id: agent.id, name: agent.name, roles: agent.roles },
  };
}

function refused(): AntiphonError {
  return new AntiphonError("invalid_credentials", "Check tenant, user name and password");
}
