import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { PinnedKeys } from "../../../protocol/snapshot_signature/pinned_keys.ts";
import { SNAPSHOT_HEADER } from "../../../protocol/snapshot_signature/snapshot_claims.ts";
import { verifySnapshot } from "../../../protocol/snapshot_signature/verify_snapshot.ts";
import { EdgeConfiguration } from "../../../protocol/topology/edge_configuration.ts";
import { readBody } from "../http/read_body.ts";
import type { StoredConfiguration } from "./configuration_calls.ts";

const LARGEST = 32 * 1024 * 1024;

/** What fetching needs of the world. */
export interface FetchConfigurationPorts {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** A service token for the control plane. */
  token: () => Promise<string>;
}

/** What to ask for. */
export interface ConfigurationQuestion {
  edgeId: string;
  controlPlaneUrl: string;
  /** The version held, if any. */
  known: string | null;
  /** Seconds the control plane may wait for a change. */
  waitSeconds: number;
  /** The control plane's keys that this edge believes. */
  keys: PinnedKeys;
}

/**
 * Asks the control plane for the edge's snapshot. Null: the known one is still the newest.
 * @throws AntiphonError `unavailable` for any other answer; `signature_mismatch`,
 * `configuration_invalid`
 */
export async function fetchConfiguration(
  question: ConfigurationQuestion,
  ports: FetchConfigurationPorts,
): Promise<StoredConfiguration | null> {
  const { edgeId, known, waitSeconds } = question;
  const url = new URL(
    `/internal/edges/${encodeURIComponent(edgeId)}/configuration`,
    question.controlPlaneUrl,
  );
  if (waitSeconds > 0) url.searchParams.set("wait", String(waitSeconds));
  const response = await ports.fetch(url.href, {
    headers: {
      authorization: `Bearer ${await ports.token()}`,
      ...(known === null ? {} : { "if-none-match": `"${known}"` }),
    },
    redirect: "manual",
    signal: AbortSignal.timeout((waitSeconds + 5) * 1000),
  });
  if (response.status !== 200) await response.body?.cancel();
  if (response.status === 304) return null;
  if (response.status !== 200) {
    throw new AntiphonError("unavailable", "The control plane gave no configuration", {
      data: { status: response.status },
    });
  }
  const bytes = await readBody(response, LARGEST);
  const { version, sequence, kid } = await verifySnapshot(
    response.headers.get(SNAPSHOT_HEADER),
    bytes,
    { keys: question.keys, service: `edge:${edgeId}` },
  );
  const json = new TextDecoder().decode(bytes);
  check(json, edgeId, version);
  return { version, json, sequence, kid };
}

function check(json: string, edgeId: string, version: string): void {
  try {
    const parsed = EdgeConfiguration.parse(JSON.parse(json));
    if (parsed.edgeId === edgeId && parsed.version === version) return;
  } catch (cause) {
    throw new AntiphonError("configuration_invalid", "The snapshot does not fit its schema", {
      cause,
    });
  }
  throw new AntiphonError("configuration_invalid", "The snapshot is another edge's");
}
