import { askAddresses, type Verdict } from "../../protocol/cluster_calls/ask_addresses.ts";
import { ClusterMemory } from "../../protocol/cluster_calls/cluster_memory.ts";
import { readRefusal } from "../../protocol/cluster_calls/read_refusal.ts";
import { knownNotice } from "../../protocol/cluster_notice/known_notice.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Problem } from "../../protocol/errors/problem.ts";
import type { ServiceKey } from "../../protocol/service_token/service_key.ts";
import type { ClusterAddress } from "../../protocol/topology/service_addresses.ts";

/** How the control plane reaches cells. Times are in milliseconds. */
export interface CellClientOptions {
  /** Gives a service token for an audience ("cell:E39"). */
  token: (audience: string) => Promise<string>;
  /** The keys known of the platform's services. */
  keys: readonly ServiceKey[];
  fetch?: typeof fetch;
  /** Epoch ms. */
  now?: () => number;
  /** Runs something later; the result cancels that. */
  timer?: (ms: number, run: () => void) => () => void;
  /** How long to keep trying while no cell is there or ready. */
  patienceMs?: number;
  /** How long one attempt may take. Hashing the passwords of a large tenant takes a while. */
  attemptMs?: number;
  /** Ends the waiting when the process stops. */
  stopping: AbortSignal;
}

/** A request to a tenant's cell. It may be carried out twice without harm. */
export interface CellRequest {
  method: "GET" | "PUT";
  path: string;
  /** JSON text. */
  body?: string;
  /** Instead of the client's. */
  patienceMs?: number;
}

/** What the cell decided: a body, or a problem of the caller's making. */
export type CellAnswer = { ok: true; body: string } | {
  ok: false;
  status: number;
  problem: string;
};

/** Header by which a cell says under which epoch it answers. */
const EPOCH_HEADER = "antiphon-epoch";
/** Silence for so long has the cluster's other address asked too. */
const HEDGE_MS = 700;
/** Answers that say something about the request itself, and so belong to whoever made it. */
const ABOUT_THE_REQUEST = new Set([400, 404, 409, 413, 422]);

/**
 * Asks clusters' active cells. The address that answered last is asked first, and silence has the
 * other asked too; one that stands by may name the active one by a signed notice, and what answers
 * under an older epoch than was seen is not believed. While a cluster moves, or a new tenant has not
 * been replicated, it is asked again.
 */
export class CellClient {
  readonly #memory = new ClusterMemory();

  constructor(readonly options: CellClientOptions) {}

  /** @throws AntiphonError `cluster_unavailable` when patience ran out */
  async ask(cluster: ClusterAddress, request: CellRequest): Promise<CellAnswer> {
    const { attemptMs = 60_000, now = Date.now, timer = startTimer, stopping } = this.options;
    const budgetMs = request.patienceMs ?? this.options.patienceMs ?? 15_000;
    const asked = await askAddresses<CellAnswer | AntiphonError>(
      this.#memory.order(cluster),
      (url, signal) => this.#ask(cluster, url, request, AbortSignal.any([signal, stopping])),
      { hedgeMs: HEDGE_MS, budgetMs, timeoutMs: Math.max(attemptMs, budgetMs) },
      { now, timer },
    );
    if (asked.url === null) throw unavailable(cluster, asked.reasons);
    if (asked.value instanceof AntiphonError) throw asked.value;
    this.#memory.answered(cluster.id, asked.url, now());
    return asked.value;
  }

  async #ask(
    cluster: ClusterAddress,
    url: string,
    { method, path, body }: CellRequest,
    signal: AbortSignal,
  ): Promise<Verdict<CellAnswer | AntiphonError>> {
    try {
      const response = await (this.options.fetch ?? fetch)(new URL(path, url), {
        method,
        body,
        redirect: "error",
        headers: {
          authorization: `Bearer ${await this.options.token(`cell:${cluster.id}`)}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        signal,
      });
      return await this.#judge(cluster, response);
    } catch (error) {
      if (this.options.stopping.aborted) {
        return { kind: "answer", value: unavailable(cluster, ["this process stops"]) };
      }
      return { kind: "elsewhere", reason: error instanceof Error ? error.message : String(error) };
    }
  }

  async #judge(cluster: ClusterAddress, response: Response): Promise<Verdict<CellAnswer>> {
    const { ok, status } = response;
    const reason = `answered ${status}`;
    if (status === 421) {
      const { notice } = await readRefusal(response);
      const hint = notice === null ? undefined : await this.#noticed(cluster, notice);
      return { kind: "elsewhere", reason, hint };
    }
    const text = await response.text();
    const epoch = Number(response.headers.get(EPOCH_HEADER) ?? NaN);
    if (Number.isSafeInteger(epoch) && !this.#memory.acts(cluster.id, epoch, ok)) {
      return { kind: "elsewhere", reason: "answered under an old epoch" };
    }
    if (ok) return { kind: "answer", value: { ok: true, body: text } };
    if (ABOUT_THE_REQUEST.has(status) && isProblem(text)) {
      return { kind: "answer", value: { ok: false, status, problem: text } };
    }
    return { kind: "elsewhere", reason };
  }

  /** The address that a true notice names; undefined for any other. */
  async #noticed(cluster: ClusterAddress, signed: string): Promise<string | undefined> {
    const known = this.#memory.notice(cluster, signed);
    if (known !== undefined) return known;
    const { keys, now } = this.options;
    const epoch = this.#memory.noticedEpoch(cluster.id);
    const notice = await knownNotice(signed, { cluster, keys, epoch, now });
    if (notice) this.#memory.noticed(notice, signed);
    return notice?.url;
  }
}

function unavailable({ id: clusterId }: ClusterAddress, reasons: string[]): AntiphonError {
  return new AntiphonError(
    "cluster_unavailable",
    `Cluster ${clusterId} does not answer: try again later`,
    { data: { clusterId }, cause: new Error(JSON.stringify(reasons)) },
  );
}

function isProblem(text: string): boolean {
  try {
    return Problem.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

function startTimer(ms: number, run: () => void): () => void {
  const id = setTimeout(run, ms);
  return () => clearTimeout(id);
}
