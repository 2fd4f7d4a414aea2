import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";

/** The asset that messages come in by. */
export const ASSET_ID = "01890a5d-ac96-774b-bcce-b302099a8057";
export const PHONE_NUMBER_ID = "1065550100";

/** A tenant's whole configuration: messages come in, and wait. */
export function messageTenant(): TenantConfiguration {
  return TenantConfiguration.parse({
    sites: [{ id: "hq", name: "Headquarters" }],
    teams: [{ id: "desk", name: "Desk", siteId: "hq" }],
    agents: [],
    idleCodes: [],
    wrapUpCodes: [],
    queues: [{
      id: "messages",
      name: "Messages",
      kind: "digital",
      distribution: [{ teamIds: ["desk"], afterSeconds: 0 }],
    }],
    assetSenders: [{
      assetId: ASSET_ID,
      channel: "whatsapp",
      phoneNumberId: PHONE_NUMBER_ID,
      accessToken: "token",
    }],
    entryPoints: [{
      id: "chat",
      name: "WhatsApp",
      channel: "whatsapp",
      assetId: ASSET_ID,
      flowId: "wait",
    }],
    flows: [{
      id: "wait",
      name: "Wait",
      kind: "digital",
      start: "wait",
      activities: { wait: { type: "queue", queueId: "messages" } },
    }],
  });
}

/** A webhook with one text message of a contact, as the WhatsApp Cloud API sends it. */
export function messageBody(contact: string, id: string, text: string, at: number): string {
  return JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{
      id: "102290129340398",
      changes: [{
        field: "messages",
        value: {
          messaging_product: "whatsapp",
          metadata: { display_phone_number: "496990010099", phone_number_id: PHONE_NUMBER_ID },
          contacts: [{ profile: { name: "Rosa Lind" }, wa_id: contact }],
          messages: [{
            ...{ from: contact, id, timestamp: String(Math.floor(at / 1000)), type: "text" },
            text: { body: text },
          }],
        },
      }],
    }],
  });
}
