import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { ClusterAddress } from "../../../protocol/topology/service_addresses.ts";

/** What calls to clusters need of the world. */
export interface ClusterClientPorts {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** A service token for an audience ("cell:E39"). */
  token: (audience: string) => Promise<string>;
  now: () => number;
}

/** One request to whichever of a cluster's cells is active. */
export interface ClusterRequest {
  method: "GET" | "POST";
  /** Path and query. */
  path: string;
  /** A JSON body, serialised. */
  body?: string;
  /** Headers besides authorization; a person's own `authorization` replaces the edge's. */
  headers?: Record<string, string>;
  /** Deadline of each attempt. */
  timeoutMs: number;
}

/** Answers that mean: not here, or not now. */
const ELSEWHERE = new Set([421, 502, 503, 504]);

/**
 * Calls clusters. A cluster has an address in each region where its cell may be active; the one
 * that answered last is asked first, and a refusal (421), an outage or silence leads to the next.
 */
export class ClusterClient {
  readonly #lastGood = new Map<string, { url: string; at: number }>();

  constructor(readonly ports: ClusterClientPorts) {}

  /**
   * The answer of the active cell, whatever its status.
   * @throws AntiphonError `cluster_unavailable` when no address gave one
   */
  async call(cluster: ClusterAddress, request: ClusterRequest): Promise<Response> {
    const reasons: string[] = [];
    const authorization = `Bearer ${await this.ports.token(`cell:${cluster.id}`)}`;
    for (const url of this.#order(cluster)) {
      try {
        const response = await this.ports.fetch(new URL(request.path, url).href, {
          method: request.method,
          headers: {
            authorization,
            ...(request.body === undefined ? {} : { "content-type": "application/json" }),
            ...request.headers,
          },
          body: request.body,
          redirect: "manual",
          signal: AbortSignal.timeout(request.timeoutMs),
        });
        if (!ELSEWHERE.has(response.status)) {
          this.#lastGood.set(cluster.id, { url, at: this.ports.now() });
          return response;
        }
        reasons.push(String(response.status));
        await response.body?.cancel();
      } catch (error) {
        reasons.push(error instanceof Error && error.name === "TimeoutError" ? "timeout" : "down");
      }
    }
    throw new AntiphonError("cluster_unavailable", "The tenant's cluster does not answer", {
      data: { clusterId: cluster.id, reasons, retryAfter: 2 },
    });
  }

  /** When a cluster last answered anything, in milliseconds since the Unix epoch. */
  answeredAt(clusterId: string): number | undefined {
    return this.#lastGood.get(clusterId)?.at;
  }

  #order(cluster: ClusterAddress): string[] {
    const good = this.#lastGood.get(cluster.id)?.url;
    if (good === undefined || !cluster.urls.includes(good)) return cluster.urls;
    return [good, ...cluster.urls.filter((url) => url !== good)];
  }
}
