import { EntryPoint } from "../../../protocol/configuration/entry_point.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import type { SimulationScript } from "../../../protocol/flow/flow_simulation.ts";
import type { SealKey } from "../../../protocol/pop_link/seal_key.ts";
import type { ConfigurationIndex } from "../../configuration/configuration_index.ts";

/** Where simulated contacts come in. */
export const SIMULATED_NUMBER = "+10000000000";
export const SIMULATED_ASSET = "00000000-0000-7000-8000-000000000000";

/** Stands for the key of a tenant without one: nothing is sealed here. */
const NO_KEY: SealKey = {
  keyId: "simulated",
  jwk: { kty: "EC", crv: "P-256", x: "A".repeat(43), y: "A".repeat(43) },
};

/**
 * A tenant's configuration with an entry point whose flow is the one to be tried. O(flow versions).
 *
 * @param flow A document, or the id of a published flow.
 * @throws AntiphonError `not_found` without such a flow, `invalid_request` when the script's channel
 * is not the flow's
 */
export function simulatedConfiguration(
  configuration: ConfigurationIndex,
  flow: FlowDocument | string,
  { start }: SimulationScript,
): { configuration: ConfigurationIndex; flow: FlowDocument } {
  const document = typeof flow === "string"
    ? configuration.flows.get(configuration.flowVersions.get(flow) ?? "")
    : flow;
  if (!document) throw new AntiphonError("not_found", "There is no such flow in this tenant");
  if (!Object.hasOwn(document.activities, document.start)) {
    throw new AntiphonError(
      "invalid_request",
      `There is no activity "${document.start}" to begin with`,
    );
  }
  const voice = document.kind === "voice";
  if (start.channel !== undefined && (start.channel === "voice") !== voice) {
    throw new AntiphonError("invalid_request", `The flow is for ${document.kind} contacts`);
  }
  const version = typeof flow === "string" ? configuration.flowVersions.get(flow)! : "simulated";
  const common = { id: "simulation", name: "Simulation", flowId: document.id };
  const point = EntryPoint.parse(
    voice
      ? { ...common, channel: "voice", number: SIMULATED_NUMBER }
      : { ...common, channel: "whatsapp", assetId: SIMULATED_ASSET },
  );
  const { settings, stored } = configuration;
  return {
    flow: document,
    configuration: {
      ...configuration,
      stored: { ...stored, sealKey: stored.sealKey ?? NO_KEY },
      settings: { ...settings, language: start.language ?? settings.language },
      entryPointByNumber: new Map([[SIMULATED_NUMBER, point]]),
      entryPointByAsset: new Map([[SIMULATED_ASSET, point]]),
      flowVersions: new Map([...configuration.flowVersions, [document.id, version]]),
      flows: new Map([...configuration.flows, [version, document]]),
    },
  };
}
