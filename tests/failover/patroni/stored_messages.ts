import type { PatroniSite } from "./patroni_site.ts";

/** A message from a contact that the log of a server has. */
export interface StoredMessage {
  contact: string;
  text: string;
  /** Where it stands in the tenant's log. */
  seq: number;
}

/** Every time that a message was taken into a tenant's log, in order. */
export async function storedMessages(
  site: PatroniSite,
  tenantId: string,
): Promise<StoredMessage[]> {
  const text = await site.psql(
    "cell",
    "-c",
    `select coalesce(json_agg(json_build_object('id', e.body->>'providerMessageId',
       'text', m.text, 'seq', e.seq) order by e.seq), '[]')
     from cell.events e
     left join cell.messages m on m.tenant_id = e.tenant_id
       and m.provider_message_id = e.body->>'providerMessageId'
     where e.tenant_id = '${tenantId}' and e.body->>'type' = 'message.received'`,
  );
  const rows: { id: string; text: string | null; seq: number }[] = JSON.parse(text);
  return rows.map(({ id, text, seq }) => ({ contact: id.split(".")[1], text: text ?? "", seq }));
}
