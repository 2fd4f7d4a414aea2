import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { PinnedKeys } from "../../protocol/snapshot_signature/pinned_keys.ts";
import { signSnapshot } from "../../protocol/snapshot_signature/sign_snapshot.ts";
import type { PopConfiguration } from "../../protocol/topology/pop_configuration.ts";
import type { SignedConfiguration } from "../configuration/signed_configuration.ts";

const KEY = await generateServiceKey("control-plane", "sample-1");

/** Whom the PoP FRA of a sample believes. */
export const SAMPLE_TRUST = { keys: PinnedKeys.parse([KEY.publicKey]), popId: "FRA" };

/** A configuration as the control plane would have signed it. */
export async function signedSample(
  configuration: PopConfiguration,
  sequence = 1,
): Promise<SignedConfiguration> {
  const text = JSON.stringify(configuration);
  const { pop, version } = configuration;
  const snapshot = { service: `pop:${pop.id}`, version, sequence, body: text };
  return { configuration, sequence, text, signature: await signSnapshot(snapshot, KEY.privateKey) };
}
