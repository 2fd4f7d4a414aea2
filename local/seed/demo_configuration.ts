import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { DEMO } from "./demo_facts.ts";
import { DEMO_DIGITAL_FLOW, DEMO_VOICE_FLOW } from "./demo_flows.ts";
import type { DemoOptions } from "./demo_options.ts";

/** What the configuration names that was made before. */
export interface DemoParts {
  assetId: string;
  /** By agent id. */
  passwords: Readonly<Record<string, string>>;
  whatsappToken: string;
}

/** The demo tenant's contact centre as one document. */
export function demoConfiguration(parts: DemoParts, options: DemoOptions): TenantConfiguration {
  const frontDesk = [{ afterSeconds: 0, teamIds: ["front-desk"] }];
  return TenantConfiguration.parse({
    sites: [{ id: "frankfurt", name: "Frankfurt", multimediaProfileId: "advisers" }],
    teams: [{
      id: "front-desk",
      name: "Front desk",
      siteId: "frankfurt",
      skillProfileId: "advisers",
    }],
    skills: [
      { id: "german", name: "German", kind: "proficiency" },
      { id: "group-travel", name: "Group travel", kind: "boolean" },
      {
        id: "destination",
        name: "Destination",
        kind: "enumeration",
        words: ["alps", "mediterranean", "nordics"],
      },
    ],
    skillProfiles: [{
      id: "advisers",
      name: "Travel advisers",
      values: { german: 5, destination: ["alps", "mediterranean"] },
    }],
    multimediaProfiles: [{ id: "advisers", name: "Travel advisers", social: 3 }],
    businessHours: [{
      id: "always-open",
      name: "Always open",
      timeZone: "Europe/Berlin",
      weekly: [{
        days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        times: [{ from: "00:00", to: "24:00" }],
      }],
    }],
    agents: DEMO.agents.map(({ id, name, roles }) => ({
      id,
      name,
      username: id,
      roles: [...roles],
      teamIds: ["front-desk"],
      password: parts.passwords[id],
    })),
    queues: [
      { id: "sales", name: "Sales", kind: "voice", distribution: frontDesk },
      {
        id: "support",
        name: "Support",
        kind: "voice",
        distribution: frontDesk,
        businessHoursId: "always-open",
      },
      { id: "messages", name: "Messages", kind: "digital", distribution: frontDesk },
    ],
    flows: [DEMO_VOICE_FLOW, DEMO_DIGITAL_FLOW],
    entryPoints: [
      {
        id: "main-number",
        name: "Main number",
        channel: "voice",
        number: DEMO.number,
        flowId: DEMO_VOICE_FLOW.id,
      },
      {
        id: "whatsapp",
        name: "WhatsApp",
        channel: "whatsapp",
        assetId: parts.assetId,
        flowId: DEMO_DIGITAL_FLOW.id,
      },
    ],
    idleCodes: [
      { id: "break", name: "Break" },
      { id: "lunch", name: "Lunch" },
      { id: "training", name: "Training" },
    ],
    wrapUpCodes: [
      { id: "resolved", name: "Resolved" },
      { id: "follow-up", name: "Follow-up" },
      { id: "wrong-number", name: "Wrong number" },
    ],
    assetSenders: [{
      assetId: parts.assetId,
      channel: "whatsapp",
      phoneNumberId: DEMO.phoneNumberId,
      ...(options.whatsappApiBase === undefined ? {} : { apiBase: options.whatsappApiBase }),
      accessToken: parts.whatsappToken,
    }],
    settings: { offerSeconds: options.offerSeconds ?? {} },
  });
}
