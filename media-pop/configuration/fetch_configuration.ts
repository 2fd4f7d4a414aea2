import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { PopConfiguration } from "../../protocol/topology/pop_configuration.ts";

/** Largest configuration taken, in bytes. */
const LARGEST = 64 * 1024 * 1024;

/** Where and as whom to ask. */
export interface ConfigurationSource {
  controlPlaneUrl: string;
  popId: string;
  token: () => Promise<string>;
}

/**
 * Asks the control plane for the PoP's configuration.
 * @param known version at hand; then null is returned while it is still the newest
 * @param waitSeconds lets the control plane hold the answer until there is a newer version
 * @throws AntiphonError `unavailable` or `configuration_invalid`
 */
export async function fetchConfiguration(
  source: ConfigurationSource,
  known: string | null,
  waitSeconds: number,
  signal: AbortSignal,
): Promise<PopConfiguration | null> {
  const url = new URL(
    `/internal/pops/${encodeURIComponent(source.popId)}/configuration`,
    source.controlPlaneUrl,
  );
  if (waitSeconds > 0) url.searchParams.set("wait", String(waitSeconds));
  const headers = new Headers({ authorization: `Bearer ${await source.token()}` });
  if (known !== null) headers.set("if-none-match", `"${known}"`);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { headers, signal });
    text = await response.text();
  } catch (cause) {
    throw new AntiphonError("unavailable", "The control plane does not answer", { cause });
  }
  if (response.status === 304) return null;
  if (!response.ok) {
    throw new AntiphonError("unavailable", "The control plane refuses the configuration", {
      data: { status: response.status },
    });
  }
  return read(text, source.popId);
}

function read(text: string, popId: string): PopConfiguration {
  try {
    if (text.length > LARGEST) throw new RangeError("the configuration is too large");
    const configuration = PopConfiguration.parse(JSON.parse(text));
    if (configuration.pop.id !== popId) throw new RangeError("the configuration is another PoP's");
    return configuration;
  } catch (cause) {
    throw new AntiphonError("configuration_invalid", "The control plane sent what does not fit", {
      cause,
    });
  }
}
