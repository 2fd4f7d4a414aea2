import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { PinnedKeys } from "../../protocol/snapshot_signature/pinned_keys.ts";
import { verifySnapshot } from "../../protocol/snapshot_signature/verify_snapshot.ts";
import { PopConfiguration } from "../../protocol/topology/pop_configuration.ts";

/** A configuration that the control plane has signed for this PoP, as it came. */
export interface SignedConfiguration {
  configuration: PopConfiguration;
  /** Grows with every change; an older configuration is never taken again. */
  sequence: number;
  signature: string;
  text: string;
}

/** Whose word counts, and for which PoP. */
export interface ConfigurationTrust {
  keys: PinnedKeys;
  popId: string;
}

/**
 * Reads a configuration whose signature holds.
 * @throws AntiphonError `signature_mismatch`, `configuration_invalid`
 */
export async function readSignedConfiguration(
  signature: string | null,
  bytes: Uint8Array<ArrayBuffer>,
  { keys, popId }: ConfigurationTrust,
): Promise<SignedConfiguration> {
  const service = `pop:${popId}`;
  const { sequence, version } = await verifySnapshot(signature, bytes, { keys, service });
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const configuration = PopConfiguration.parse(JSON.parse(text));
    if (configuration.pop.id !== popId) throw new RangeError("the configuration is another PoP's");
    if (configuration.version !== version) throw new RangeError("another version was signed");
    return { configuration, sequence, signature: signature!, text };
  } catch (cause) {
    throw new AntiphonError("configuration_invalid", "The control plane sent what does not fit", {
      cause,
    });
  }
}
