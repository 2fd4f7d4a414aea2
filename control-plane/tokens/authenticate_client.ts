import type { Kysely } from "kysely";
import type { ControlTables } from "../database/control_tables.ts";
import { verifyClientSecret } from "../partners/client_secret.ts";
import { equalSecrets } from "../secrets/equal_secrets.ts";
import type { ClientCredentials } from "./read_client_credentials.ts";

/** Who a client is, or null when id and secret do not go together. */
export type Authenticated = { kind: "operator"; partnerId: null } | {
  kind: "partner";
  partnerId: string;
};

/**
 * Checks a client's id and secret, in constant time and at the same cost for an unknown id.
 */
export async function authenticateClient(
  { db, operator }: { db: Kysely<ControlTables>; operator: ClientCredentials },
  { clientId, clientSecret }: ClientCredentials,
): Promise<Authenticated | null> {
  if (clientId === operator.clientId) {
    return equalSecrets(clientSecret, operator.clientSecret)
      ? { kind: "operator", partnerId: null }
      : null;
  }
  const client = await db.selectFrom("control.clients").select(["partner_id", "secret_hash"])
    .where("id", "=", clientId).executeTakeFirst();
  const good = await verifyClientSecret(clientSecret, client?.secret_hash);
  return good && client ? { kind: "partner", partnerId: client.partner_id } : null;
}
