import type { z } from "zod";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { type SimulationResult, SimulationScript } from "../../protocol/flow/flow_simulation.ts";
import { indexConfiguration } from "../../regions/configuration/configuration_index.ts";
import { flowVersion } from "../../regions/configuration/flow_version.ts";
import { simulateFlow } from "../../regions/flows/simulator/simulate_flow.ts";
import { entities } from "./entities.ts";
import { FLOWS } from "./flows.ts";

const HOST = "https://services.example";
const SECRET = `whsec_${btoa("a secret of a bot that nobody runs")}`;
const ASSET = "01890a5d-ac96-774b-bcce-b302099a8057";

/** The ten centres in one tenant, with agents who speak some languages. */
export const CENTRES: TenantConfiguration = TenantConfiguration.parse({
  sites: [{ id: "hq", name: "Headquarters" }],
  teams: [{ id: "desk", name: "Desk", siteId: "hq" }],
  agents: [
    {
      ...{ id: "anna", name: "Anna", username: "anna", teamIds: ["desk"] },
      skills: { english: 7, accounts: true },
    },
    {
      ...{ id: "ben", name: "Ben", username: "ben", teamIds: ["desk"] },
      skills: { french: 6, vip: 9 },
    },
  ],
  idleCodes: [],
  wrapUpCodes: [],
  assetSenders: [{ assetId: ASSET, channel: "whatsapp", phoneNumberId: "1065550100" }],
  entryPoints: [
    { id: "main", name: "Main", channel: "voice", number: "+4930900100", flowId: "bank" },
    { id: "chat", name: "Chat", channel: "whatsapp", assetId: ASSET, flowId: "bot" },
  ],
  flows: FLOWS,
  settings: { timeZone: "Europe/Berlin", country: "DE" },
  ...entities({ bank: HOST, airline: HOST, bot: `${HOST}/bot` }, "desk", SECRET),
});

const versions = new Map(CENTRES.flows.map((flow) => [flow.id, flowVersion(flow)]));
const INDEX = indexConfiguration(
  CENTRES,
  versions,
  new Map(CENTRES.flows.map((flow) => [versions.get(flow.id)!, flow])),
);

/** A simulated contact, and what the tests look at. */
export interface Simulated extends SimulationResult {
  /** Activities in the order they were entered. */
  way: string[];
  /** What was said or written, in order. */
  said: string[];
}

/** Sends a scripted contact through one of the flows. */
export function simulate(flowId: string, script: z.input<typeof SimulationScript>): Simulated {
  const result = simulateFlow(INDEX, flowId, SimulationScript.parse(script));
  const steps = new Map(result.trace.map((it) => [it.step, it.activityId]));
  const said = result.heard.flatMap((it) =>
    it.type === "message"
      ? [it.text]
      : it.items.flatMap((item) => item.type === "say" ? [item.text] : [])
  );
  return {
    ...result,
    way: [...steps].sort(([a], [b]) => a - b).map(([, activityId]) => activityId),
    said,
  };
}
