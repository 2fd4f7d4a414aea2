import { knownNotice } from "../../../protocol/cluster_notice/known_notice.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { ServiceKey } from "../../../protocol/service_token/service_key.ts";
import type { ClusterAddress } from "../../../protocol/topology/service_addresses.ts";
import {
  askAddresses,
  type AskPorts,
  type AskRules,
  type Verdict,
} from "../../../protocol/cluster_calls/ask_addresses.ts";
import { ClusterMemory } from "../../../protocol/cluster_calls/cluster_memory.ts";
import { readRefusal } from "../../../protocol/cluster_calls/read_refusal.ts";

/** What calls to clusters need of the world. */
export interface ClusterClientPorts extends AskPorts {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** A service token for an audience ("cell:E39"). */
  token: (audience: string) => Promise<string>;
  /** The keys known of the platform's services. */
  keys: () => Promise<readonly ServiceKey[]>;
  /** Ends a body that takes too long; by default `AbortSignal.timeout`. */
  deadline?: (ms: number) => AbortSignal;
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
   * Whether it must not reach two cells: the active one is looked for first, and it is sent again
   * only after a refusal (421). A lost answer to such a request ends it.
   */
  once?: boolean;
  /** Deadline of the whole request, in milliseconds. */
  timeoutMs: number;
  /** Whether the deadline is for the answer's beginning only: its body comes as it comes. */
  streams?: boolean;
}

/** Header by which a cell says under which epoch it answers. */
const EPOCH_HEADER = "antiphon-epoch";
/** Codes of a 503 that say that the cell cannot act just now; any other is the cell's answer. */
const NOT_NOW = new Set([
  ...["not_active", "unavailable", "cluster_unavailable", "database_unavailable"],
]);
const HEDGE_MS = 700;
/** How long a cluster is asked again and again while none of its cells is active. */
const BUDGET_MS = 6_000;
const LOOK_MS = 1_500;
const SHORT_PAUSE_MS = 100;

/** What a cell said: an answer, or why none can be had of this cluster. */
type Answer = Response | AntiphonError;

/**
 * Calls clusters. A cluster has an address in each region where its cell may be active; the one
 * that answered last is asked first. Silence has the others asked too, a refusal or an outage all of
 * them again for some seconds, so that a move of the cluster delays a request and refuses none.
 */
export class ClusterClient {
  readonly #memory = new ClusterMemory();

  constructor(readonly ports: ClusterClientPorts) {}

  /**
   * The answer of the active cell, whatever its status.
   * @throws AntiphonError `cluster_unavailable` when no address gave one
   */
  async call(cluster: ClusterAddress, request: ClusterRequest): Promise<Response> {
    const authorization = `Bearer ${await this.ports.token(`cell:${cluster.id}`)}`;
    const ask = (url: string, signal: AbortSignal) =>
      this.#ask(cluster, url, authorization, request, signal);
    if (request.once) return await this.#once(cluster, request, ask);
    const { timeoutMs } = request;
    const rules = { hedgeMs: HEDGE_MS, budgetMs: Math.min(BUDGET_MS, timeoutMs), timeoutMs };
    return await this.#first(cluster, ask, rules);
  }

  /**
   * Whether one of a cluster's cells says that it is active, by asking all at once. Who asks again
   * within a second, for whatever session, gets the last answer: false while one is awaited.
   */
  async active(cluster: ClusterAddress): Promise<boolean> {
    const last = this.#memory.looked(cluster.id, this.ports.now());
    if (last !== undefined) return last;
    const rules = { hedgeMs: 0, budgetMs: 0, timeoutMs: LOOK_MS };
    const found = await this.#locate(cluster, rules).then(() => true, () => false);
    this.#memory.found(cluster.id, found);
    return found;
  }

  /** When a cluster last answered anything, in milliseconds since the Unix epoch. */
  answeredAt(clusterId: string): number | undefined {
    return this.#memory.answeredAt(clusterId);
  }

  /** The newest epoch under which a cluster has answered; undefined before the first. */
  epochOf(clusterId: string): number | undefined {
    return this.#memory.epochOf(clusterId);
  }

  /** The address that answered last, or that the cluster's newest notice named. */
  addressOf(cluster: ClusterAddress): string | undefined {
    return this.#memory.order(cluster)[0];
  }

  /**
   * Takes a notice that an active cell has sent on its own. False: it is forged, old, or names an
   * address that is not the cluster's.
   */
  async announced(cluster: ClusterAddress, signed: string): Promise<boolean> {
    const url = await this.#verified(cluster, signed);
    if (url === undefined) return false;
    this.#memory.answered(cluster.id, url, this.ports.now());
    return true;
  }

  async #first(
    cluster: ClusterAddress,
    ask: (url: string, signal: AbortSignal) => Promise<Verdict<Answer>>,
    rules: AskRules,
  ): Promise<Response> {
    const asked = await askAddresses(this.#memory.order(cluster), ask, rules, this.ports);
    if (asked.url === null) throw unavailable(cluster, asked.reasons);
    return this.#answered(cluster, asked.url, asked.value);
  }

  #answered(cluster: ClusterAddress, url: string, answer: Answer): Response {
    this.#memory.answered(cluster.id, url, this.ports.now());
    if (answer instanceof AntiphonError) throw answer;
    return answer;
  }

  async #once(
    cluster: ClusterAddress,
    { timeoutMs }: ClusterRequest,
    ask: (url: string, signal: AbortSignal) => Promise<Verdict<Answer>>,
  ): Promise<Response> {
    const { now, timer } = this.ports;
    const until = now() + Math.min(BUDGET_MS, timeoutMs);
    for (;;) {
      const left = Math.max(1, until - now());
      await this.#locate(cluster, { hedgeMs: 0, budgetMs: left, timeoutMs: left });
      const [url] = this.#memory.order(cluster);
      const rules = { hedgeMs: timeoutMs, budgetMs: 0, timeoutMs };
      const asked = await askAddresses([url], ask, rules, this.ports);
      if (asked.url !== null) return this.#answered(cluster, url, asked.value);
      // Only who has refused it cannot have acted.
      const refused = asked.reasons.includes("421");
      if (!refused || now() >= until) throw unavailable(cluster, asked.reasons);
      await new Promise<void>((resolve) => void timer(SHORT_PAUSE_MS, resolve));
    }
  }

  /** Finds the active cell without asking anything of it. */
  async #locate(cluster: ClusterAddress, rules: AskRules): Promise<void> {
    await this.#first(cluster, async (url, signal) => {
      try {
        const response = await this.ports.fetch(new URL("/health", url).href, {
          redirect: "manual",
          signal: AbortSignal.any([signal, this.#deadline(LOOK_MS)]),
        });
        const text = await response.text();
        if (!response.ok) return { kind: "elsewhere", reason: String(response.status) };
        // A cell that says nothing of it has no standby.
        const standsBy = (JSON.parse(text) as { active?: unknown } | null)?.active === false;
        return standsBy
          ? { kind: "elsewhere", reason: "standby" }
          : { kind: "answer", value: response };
      } catch (error) {
        return { kind: "elsewhere", reason: reasonOf(error) };
      }
    }, rules);
  }

  async #ask(
    cluster: ClusterAddress,
    url: string,
    authorization: string,
    request: ClusterRequest,
    signal: AbortSignal,
  ): Promise<Verdict<Answer>> {
    try {
      const { timeoutMs, streams } = request;
      const response = await this.ports.fetch(new URL(request.path, url).href, {
        method: request.method,
        headers: {
          authorization,
          ...(request.body === undefined ? {} : { "content-type": "application/json" }),
          ...request.headers,
        },
        body: request.body,
        redirect: "manual",
        signal: streams ? signal : AbortSignal.any([signal, this.#deadline(timeoutMs)]),
      });
      return await this.#judge(cluster, request, response);
    } catch (error) {
      return { kind: "elsewhere", reason: reasonOf(error) };
    }
  }

  async #judge(
    cluster: ClusterAddress,
    { once }: ClusterRequest,
    response: Response,
  ): Promise<Verdict<Answer>> {
    const { status } = response;
    const reason = String(status);
    if (status === 421) {
      const { notice, movedTo } = await readRefusal(response);
      if (movedTo !== null && movedTo !== cluster.id) {
        return { kind: "answer", value: moved(cluster, movedTo) };
      }
      const hint = notice === null ? undefined : await this.#noticed(cluster, notice);
      return { kind: "elsewhere", reason, hint };
    }
    const epoch = Number(response.headers.get(EPOCH_HEADER) ?? NaN);
    if (Number.isSafeInteger(epoch) && !this.#memory.acts(cluster.id, epoch, response.ok)) {
      await response.body?.cancel();
      // What was asked once may have been done there, for nothing: it is not asked again.
      return { kind: "elsewhere", reason: "stale_epoch" };
    }
    if (once) return { kind: "answer", value: response };
    if (status === 503) {
      const { text, code } = await readRefusal(response);
      if (code === null || NOT_NOW.has(code)) return { kind: "elsewhere", reason };
      return { kind: "answer", value: new Response(text, response) };
    }
    if (status !== 502 && status !== 504) return { kind: "answer", value: response };
    await response.body?.cancel();
    return { kind: "elsewhere", reason };
  }

  /** The address that a true notice names; undefined for any other. */
  async #noticed(cluster: ClusterAddress, signed: string): Promise<string | undefined> {
    return this.#memory.notice(cluster, signed) ?? await this.#verified(cluster, signed);
  }

  async #verified(cluster: ClusterAddress, signed: string): Promise<string | undefined> {
    const { keys, now } = this.ports;
    const epoch = this.#memory.noticedEpoch(cluster.id);
    // Without keys there is nobody to believe.
    const known = await keys().catch(() => []);
    const notice = await knownNotice(signed, { cluster, keys: known, epoch, now });
    if (notice === null) return undefined;
    this.#memory.noticed(notice, signed);
    return notice.url;
  }

  #deadline(ms: number): AbortSignal {
    return (this.ports.deadline ?? AbortSignal.timeout)(ms);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && error.name === "TimeoutError" ? "timeout" : "down";
}

function moved(cluster: ClusterAddress, to: string): AntiphonError {
  const message = `The tenant lives on ${to}`;
  return new AntiphonError("cluster_unavailable", message, { data: { clusterId: cluster.id } });
}

function unavailable(cluster: ClusterAddress, reasons: string[]): AntiphonError {
  return new AntiphonError("cluster_unavailable", "The tenant's cluster does not answer", {
    data: { clusterId: cluster.id, reasons, retryAfter: 2 },
  });
}
