import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { SNAPSHOT_HEADER } from "../../protocol/snapshot_signature/snapshot_claims.ts";
import {
  type ConfigurationTrust,
  readSignedConfiguration,
  type SignedConfiguration,
} from "./signed_configuration.ts";

/** Largest configuration taken, in bytes. */
const LARGEST = 64 * 1024 * 1024;

/** Where and as whom to ask. */
export interface ConfigurationSource extends ConfigurationTrust {
  controlPlaneUrl: string;
  token: () => Promise<string>;
}

/**
 * Asks the control plane for the PoP's configuration.
 * @param known version at hand; then null is returned while it is still the newest
 * @param waitSeconds lets the control plane hold the answer until there is a newer version
 * @throws AntiphonError `unavailable`, `signature_mismatch`, `configuration_invalid`
 */
export async function fetchConfiguration(
  source: ConfigurationSource,
  known: string | null,
  waitSeconds: number,
  signal: AbortSignal,
): Promise<SignedConfiguration | null> {
  const url = new URL(
    `/internal/pops/${encodeURIComponent(source.popId)}/configuration`,
    source.controlPlaneUrl,
  );
  if (waitSeconds > 0) url.searchParams.set("wait", String(waitSeconds));
  const headers = new Headers({ authorization: `Bearer ${await source.token()}` });
  if (known !== null) headers.set("if-none-match", `"${known}"`);
  let response: Response;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    response = await fetch(url, { headers, signal });
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new AntiphonError("unavailable", "The control plane does not answer", { cause });
  }
  if (response.status === 304) return null;
  if (!response.ok) {
    throw new AntiphonError("unavailable", "The control plane refuses the configuration", {
      data: { status: response.status },
    });
  }
  if (bytes.length > LARGEST) {
    throw new AntiphonError("configuration_invalid", "The configuration is too large");
  }
  return await readSignedConfiguration(response.headers.get(SNAPSHOT_HEADER), bytes, source);
}
