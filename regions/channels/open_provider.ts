import type { Kysely } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { OutgoingHttp } from "../egress/outgoing_http.ts";
import type { Sealer } from "../secrets/sealer.ts";
import type { ProviderPorts } from "./deliver_to_provider.ts";
import { sendWhatsApp } from "./whatsapp/send_whatsapp.ts";

/** What {@linkcode openProvider} needs. */
export interface OpenProviderPorts {
  db: Kysely<CellTables>;
  sealer: Sealer;
  http: Pick<OutgoingHttp, "exchange">;
  /** Ends what is under way when the cell closes. */
  closing: AbortSignal;
}

/** Finds how the messages of an asset are sent. */
export function openProvider(
  { db, sealer, http, closing }: OpenProviderPorts,
): ProviderPorts["open"] {
  return async (tenantId, { assetId, contact: to, messageId }, { configuration }) => {
    const sender = configuration.document.assetSenders.find((s) => s.assetId === assetId);
    const secret = await db.selectFrom("cell.asset_secrets").select("access_token")
      .where("tenant_id", "=", tenantId).where("asset_id", "=", assetId).executeTakeFirst();
    if (!sender || !secret) {
      throw new AntiphonError("provider_refused", "The asset was taken out of the configuration");
    }
    const accessToken = await sealer.open(secret.access_token);
    return (content) =>
      sendWhatsApp(
        http,
        { ...sender, accessToken },
        { to, content, messageId, tenantId },
        closing,
      );
  };
}
