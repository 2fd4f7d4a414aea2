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
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path and query. */
  path: string;
  /** A JSON body, serialised. */
  body?: string | Uint8Array<ArrayBuffer>;
  /** Headers besides authorization; a person's own `authorization` replaces the edge's. */
  headers?: Record<string, string>;
  /**
   * Whether another address is asked only after one that cannot have acted: a refusal (421) or a
   * connection that never was. A lost answer to such a request ends it.
   */
  once?: boolean;
  /** Deadline of each attempt. */
  timeoutMs: number;
  /** Whether the deadline is for the answer's beginning only: its body comes as it comes. */
  streams?: boolean;
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
        const response = await this.#fetch(new URL(request.path, url).href, request, {
          method: request.method,
          headers: {
            authorization,
            ...(request.body === undefined ? {} : { "content-type": "application/json" }),
            ...request.headers,
          },
          body: request.body,
          redirect: "manual",
        });
        const stays = request.once && response.status !== 421 && response.status !== 503;
        if (stays || !ELSEWHERE.has(response.status)) {
          this.#lastGood.set(cluster.id, { url, at: this.ports.now() });
          return response;
        }
        reasons.push(String(response.status));
        await response.body?.cancel();
      } catch (error) {
        const timeout = error instanceof Error && error.name === "TimeoutError";
        reasons.push(timeout ? "timeout" : "down");
        if (timeout && request.once) break;
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

  async #fetch(
    url: string,
    { timeoutMs, streams }: ClusterRequest,
    init: RequestInit,
  ): Promise<Response> {
    if (!streams) {
      return await this.ports.fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    }
    const late = new AbortController();
    const timer = setTimeout(
      () => late.abort(new DOMException("No answer in time", "TimeoutError")),
      timeoutMs,
    );
    try {
      return await this.ports.fetch(url, { ...init, signal: late.signal });
    } finally {
      clearTimeout(timer);
    }
  }

  #order(cluster: ClusterAddress): string[] {
    const good = this.#lastGood.get(cluster.id)?.url;
    if (good === undefined || !cluster.urls.includes(good)) return cluster.urls;
    return [good, ...cluster.urls.filter((url) => url !== good)];
  }
}
