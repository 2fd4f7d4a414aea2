import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Problem } from "../../protocol/errors/problem.ts";

/** How the control plane reaches cells. Times are in milliseconds. */
export interface CellClientOptions {
  /** Gives a service token for an audience ("cell:E39"). */
  token: (audience: string) => Promise<string>;
  fetch?: typeof fetch;
  now?: () => number;
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** How long to keep trying while the cell is not there or not ready. */
  patienceMs?: number;
  /** How long one attempt may take. Hashing the passwords of a large tenant takes a while. */
  attemptMs?: number;
  /** Ends the waiting when the process stops. */
  stopping: AbortSignal;
}

/** A request to a tenant's cell. */
export interface CellRequest {
  clusterId: string;
  /** Where the cell may answer, in the order to try. */
  urls: readonly string[];
  method: "GET" | "PUT";
  path: string;
  /** JSON text. */
  body?: string;
}

/** What the cell decided: a body, or a problem of the caller's making. */
export type CellAnswer = { ok: true; body: string } | {
  ok: false;
  status: number;
  problem: string;
};

/** Answers that say something about the request itself, and so belong to whoever made it. */
const ABOUT_THE_REQUEST = new Set([400, 404, 409, 413, 422]);

/**
 * Sends a request to the active one of a cluster's addresses: one that answers 421 is standing by,
 * one that answers 503 or not at all is tried again, since a new tenant may not have been
 * replicated yet.
 * @throws AntiphonError `cluster_unavailable` when patience ran out
 */
export async function askCell(
  request: CellRequest,
  options: CellClientOptions,
): Promise<CellAnswer> {
  const { now = () => performance.now(), sleep = pause, patienceMs = 15_000, stopping } = options;
  const until = now() + patienceMs;
  let reasons: Record<string, unknown> = {};
  for (let wait = 100;; wait = Math.min(wait * 2, 1000)) {
    reasons = {};
    for (const url of request.urls) {
      const attempt = await ask(url, request, options);
      if ("answer" in attempt) return attempt.answer;
      reasons[url] = attempt.reason;
    }
    if (now() + wait > until || stopping.aborted) break;
    await sleep(wait, stopping);
  }
  throw new AntiphonError(
    "cluster_unavailable",
    `Cluster ${request.clusterId} does not answer: try again later`,
    { data: { clusterId: request.clusterId }, cause: new Error(JSON.stringify(reasons)) },
  );
}

async function ask(
  url: string,
  { clusterId, method, path, body }: CellRequest,
  options: CellClientOptions,
): Promise<{ answer: CellAnswer } | { reason: string }> {
  const { attemptMs = 60_000, stopping } = options;
  try {
    const response = await (options.fetch ?? fetch)(new URL(path, url), {
      method,
      body,
      redirect: "error",
      headers: {
        authorization: `Bearer ${await options.token(`cell:${clusterId}`)}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      signal: AbortSignal.any([AbortSignal.timeout(attemptMs), stopping]),
    });
    const text = await response.text();
    if (response.ok) return { answer: { ok: true, body: text } };
    if (ABOUT_THE_REQUEST.has(response.status) && isProblem(text)) {
      return { answer: { ok: false, status: response.status, problem: text } };
    }
    return { reason: `answered ${response.status}` };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

function isProblem(text: string): boolean {
  try {
    return Problem.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}
