import type { Buffer } from "node:buffer";
import http from "node:http";
import https from "node:https";
import type net from "node:net";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { EgressPolicy } from "./check_egress.ts";
import { type Fence, passFence } from "../lease/fence.ts";
import { openConnection } from "./open_connection.ts";
import { ACCEPTED_ENCODINGS, answerTooLarge, readContent } from "./read_content.ts";

/** A request to somebody's server. */
export interface OutgoingRequest {
  method: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array | null;
}

/** What came back, decompressed. Header names are in lower case. */
export interface OutgoingAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/** How long one exchange may take, in milliseconds. */
export interface ExchangeTimes {
  /** Resolving, connecting and the TLS handshake. */
  connectMs: number;
  /** From the connection to the answer's headers. */
  firstByteMs: number;
  totalMs: number;
}

/** Options of {@linkcode OutgoingHttp}. */
export interface OutgoingHttpOptions extends Fence {
  egress: EgressPolicy;
  /** Runs `run` after `ms`; returns how to cancel it. */
  timer: (ms: number, run: () => void) => () => void;
}

/** Largest bodies, in bytes. */
export const REQUEST_BYTES = 64 << 10;
export const ANSWER_BYTES = 1 << 20;
/** An idle connection is kept this long, and this many for each server, for the next request. */
const IDLE_MS = 20_000;
const IDLE_SOCKETS = 32;

type Connected = (error: Error | null, socket?: net.Socket) => void;
interface ConnectOptions {
  to: URL;
  opening: AbortSignal;
}

/**
 * Makes requests to servers that tenants name. Each connection is opened by
 * {@linkcode openConnection}; tenants share none. Redirects are answers like any other.
 */
export class OutgoingHttp {
  readonly #pools = new Map<string, { http: http.Agent; https: https.Agent }>();

  constructor(readonly options: OutgoingHttpOptions) {}

  /**
   * One request and its whole answer.
   *
   * @param pool Whose connections are used: the tenant's id.
   * @throws AntiphonError `egress_refused`, `tls_refused`, `service_unreachable`,
   * `deadline_exceeded`, `answer_too_large`, `answer_unreadable`, `payload_too_large`,
   * `invalid_request`, `not_active`; what `signal` was aborted with. `wasSent()` tells of each whether the server
   * may have got the request
   */
  async exchange(
    pool: string,
    request: OutgoingRequest,
    times: ExchangeTimes,
    signal: AbortSignal,
  ): Promise<OutgoingAnswer> {
    if (request.body && request.body.length > REQUEST_BYTES) {
      throw new AntiphonError("payload_too_large", `Send ${REQUEST_BYTES} bytes at most`);
    }
    const { timer } = this.options;
    const own = new AbortController();
    const late = (phase: string) =>
      own.abort(
        new AntiphonError("deadline_exceeded", `The server took too long to ${phase}`, {
          data: { phase },
        }),
      );
    const cancelTotal = timer(times.totalMs, () => late("answer"));
    let cancel = timer(times.connectMs, () => late("connect"));
    const both = AbortSignal.any([own.signal, signal]);
    let connected = false;
    try {
      const sent = this.#send(pool, request, both);
      await sent.connected;
      connected = true;
      cancel();
      cancel = timer(times.firstByteMs, () => late("begin its answer"));
      const answer = await sent.answered;
      cancel();
      const length = Number(answer.headers["content-length"] ?? 0);
      try {
        if (length > ANSWER_BYTES) throw answerTooLarge(ANSWER_BYTES);
        const coding = answer.headers["content-encoding"];
        const body = await readContent(aborting(answer, both), coding, ANSWER_BYTES);
        return { status: answer.statusCode!, headers: plainHeaders(answer), body };
      } finally {
        if (!answer.complete) answer.destroy();
      }
    } catch (error) {
      if (both.aborted) throw both.reason;
      throw refusal(error, connected);
    } finally {
      cancel();
      cancelTotal();
    }
  }

  /** Ends idle connections. */
  close(): void {
    for (const agents of this.#pools.values()) destroy(agents);
    this.#pools.clear();
  }

  #send(pool: string, request: OutgoingRequest, signal: AbortSignal) {
    const { method, url, headers, body } = request;
    const connected = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<http.IncomingMessage>();
    // Whoever waits for one of them hears; the other must not go unheard.
    connected.promise.catch(() => {});
    answered.promise.catch(() => {});
    const secure = url.protocol === "https:";
    const agents = this.#pool(pool);
    const options: http.RequestOptions & ConnectOptions = {
      ...{ method, to: url, opening: signal, agent: secure ? agents.https : agents.http },
      ...{ host: url.hostname.replace(/^\[|\]$/g, ""), path: url.pathname + url.search },
      port: url.port || (secure ? 443 : 80),
      headers: {
        "accept-encoding": ACCEPTED_ENCODINGS,
        ...headers,
        ...passFence(this.options),
        host: url.host,
        ...(body ? { "content-length": String(body.length) } : {}),
      },
    };
    const outgoing = (secure ? https : http).request(options);
    const abort = () => outgoing.destroy(signal.reason);
    const failed = (error: unknown) => {
      connected.reject(error);
      answered.reject(error);
    };
    outgoing.once("socket", () => connected.resolve());
    outgoing.once("response", (answer) => answered.resolve(answer));
    outgoing.on("error", failed);
    outgoing.once("close", () => {
      signal.removeEventListener("abort", abort);
      failed(new Error("The connection was closed"));
    });
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
    outgoing.end(body ?? undefined);
    return { connected: connected.promise, answered: answered.promise };
  }

  #pool(name: string) {
    let pool = this.#pools.get(name);
    if (!pool) {
      const { options } = this;
      const kept = { keepAlive: true, maxFreeSockets: IDLE_SOCKETS, timeout: IDLE_MS };
      pool = {
        http: guarded(http.Agent, options, kept),
        https: guarded(https.Agent, options, kept),
      };
      this.#pools.set(name, pool);
    }
    return pool;
  }
}

/** An agent whose connections come from {@linkcode openConnection}. */
function guarded<A extends http.Agent>(
  Kind: new (options: http.AgentOptions) => A,
  { egress, lease }: OutgoingHttpOptions,
  options: http.AgentOptions,
): A {
  const agent = new Kind(options);
  const createConnection = ({ to, opening }: ConnectOptions, done: Connected) => {
    openConnection(to, egress, opening).then((socket) => {
      try {
        // The request goes out over it at once.
        lease.check();
      } catch (error) {
        socket.destroy();
        throw error;
      }
      return socket;
    }).then((socket) => done(null, socket), done);
  };
  return Object.assign(agent, { createConnection });
}

function destroy({ http, https }: { http: http.Agent; https: https.Agent }): void {
  http.destroy();
  https.destroy();
}

async function* aborting(answer: http.IncomingMessage, signal: AbortSignal) {
  const abort = () => answer.destroy(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    for await (const chunk of answer) yield chunk as Buffer;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function plainHeaders({ headers }: http.IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(", ")]),
  );
}

function refusal(error: unknown, sent: boolean): AntiphonError {
  if (error instanceof AntiphonError) return error;
  const { code } = error as { code?: unknown };
  if (error instanceof TypeError && String(code).startsWith("ERR_")) {
    return new AntiphonError("invalid_request", "Take control characters out of the request", {
      cause: error,
    });
  }
  return new AntiphonError("service_unreachable", "The connection broke", {
    cause: error,
    data: { reason: code, sent },
  });
}
