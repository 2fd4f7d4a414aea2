import { Buffer } from "node:buffer";
import type { Kysely } from "kysely";
import { z } from "zod";
import type { Connector } from "../../protocol/configuration/connector.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Counters } from "../../protocol/telemetry/counters.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { versionKey } from "../configuration/configuration_index.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { OutgoingAnswer, OutgoingHttp, OutgoingRequest } from "../egress/outgoing_http.ts";
import { extractValues } from "../extraction/extract_values.ts";
import { readDocument } from "../extraction/read_document.ts";
import { formatOf } from "../extraction/document_format.ts";
import { sealText } from "../secrets/seal_text.ts";
import type { Sealer } from "../secrets/sealer.ts";
import type { TenantKeys } from "../secrets/tenant_keys.ts";
import { AccessTokens, type TokenOwner } from "./access_tokens.ts";
import { CircuitBreaker } from "./circuit_breaker.ts";
import type { HttpServiceAnswer } from "./http_service_answer.ts";
import { HttpServiceRequest } from "./http_service_request.ts";
import { type Escape, escapeInBody, escapeInHeader, escapeInUrl, openParts } from "./open_parts.ts";
import { RETRIED, retryWait } from "./retry_wait.ts";
import { isSealed, type SealableText } from "./sealable_text.ts";
import type { ServiceCall } from "./service_call.ts";
import { checkPath, connectorUrl, plainUrl } from "./service_url.ts";
import { Turnstile } from "./turnstile.ts";

/** What {@linkcode HttpService} needs. */
export interface HttpServicePorts {
  db: Kysely<CellTables>;
  sealer: Sealer;
  keys: TenantKeys;
  outgoing: OutgoingHttp;
  counters: Counters;
  log: Logger;
  now: () => number;
  /** From 0 to below 1. */
  random: () => number;
  /** Runs `run` after `ms`; returns how to cancel it. */
  timer: (ms: number, run: () => void) => () => void;
}

type HttpCall = ServiceCall & { request: HttpServiceRequest };

/** Requests under way at a time, of a tenant and to one server; and how many wait how long. */
const OF_TENANT = { most: 64, waiting: 256 };
const OF_SERVER = { most: 16, waiting: 128 };
const WAIT_MS = 5_000;
/** Where no connector says otherwise. */
const PLAIN_TIMES = { connectSeconds: 5, firstByteSeconds: 10 };
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Carries out flows' HTTP requests: through connectors, or to hosts that the tenant allows. */
export class HttpService {
  readonly #tokens: AccessTokens;
  readonly #breaker: CircuitBreaker;
  readonly #tenants: Turnstile;
  readonly #servers: Turnstile;

  constructor(readonly ports: HttpServicePorts) {
    const { outgoing, now, timer } = ports;
    this.#tokens = new AccessTokens(outgoing, now);
    this.#breaker = new CircuitBreaker(now);
    this.#tenants = new Turnstile({ ...OF_TENANT, timer });
    this.#servers = new Turnstile({ ...OF_SERVER, timer });
  }

  /**
   * Carries a request out. Whatever fails is an answer; it throws what `signal` was aborted with,
   * and nothing else.
   */
  async perform(call: ServiceCall, signal: AbortSignal): Promise<HttpServiceAnswer> {
    const { counters, log, now } = this.ports;
    const startedAt = now();
    const { tenantId, interactionId, step } = call;
    let connectorId: string | null = null;
    const answer = (more: Partial<HttpServiceAnswer>): HttpServiceAnswer => {
      const duration = Math.max(0, Math.round(now() - startedAt));
      const base = {
        outcome: "answered",
        status: null,
        code: null,
        values: {},
        sealed: {},
      } as const;
      const whole: HttpServiceAnswer = { ...base, duration, ...more };
      const { outcome, status, code } = whole;
      counters.add("antiphon_service_requests_total", { outcome, code: code ?? "none" });
      counters.add("antiphon_service_milliseconds_total", {}, duration);
      counters.set("antiphon_service_circuits_open", this.#breaker.open);
      log[outcome === "answered" ? "debug" : "info"]("service.asked", {
        ...{ tenantId, interactionId, step, connectorId, outcome, status, code, duration },
      });
      return whole;
    };
    let status: number | null = null;
    try {
      const request = HttpServiceRequest.parse(call.request);
      connectorId = request.connectorId;
      const received = await this.#ask({ ...call, request }, signal);
      status = received.status;
      if (status < 200 || status > 299) return answer({ status });
      return answer({ status, ...await this.#taken({ ...call, request }, received) });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const known = error instanceof AntiphonError
        ? error.code
        : error instanceof z.ZodError
        ? "invalid_request"
        : "internal";
      if (known === "internal") {
        log.error("service.failed", { tenantId, interactionId, step, error });
      }
      const outcome = known === "deadline_exceeded" ? "timeout" : "failed";
      return answer({ outcome, status, code: known.replaceAll("_", "-") });
    }
  }

  async #taken({ tenantId, request, configuration }: HttpCall, { body, headers }: OutgoingAnswer) {
    if (request.outputs.length === 0) return {};
    const mediaType = headers["content-type"] ?? "";
    const document = readDocument(textOf(body, mediaType), request.format ?? formatOf(mediaType));
    const values: Record<string, string> = {};
    const sealed: Record<string, string> = {};
    const sensitive = new Set(request.outputs.filter((o) => o.sensitive).map((o) => o.variable));
    for (const [variable, value] of extractValues(document, request.outputs)) {
      if (!sensitive.has(variable)) values[variable] = value;
      else {
        const key = configuration.stored.sealKey ?? await this.ports.keys.current(tenantId);
        sealed[variable] = await sealText(key, value);
      }
    }
    return { values, sealed };
  }

  async #ask(call: HttpCall, signal: AbortSignal): Promise<OutgoingAnswer> {
    const { request, tenantId } = call;
    const connector = connectorOf(call);
    const outgoing = await this.#outgoing(call, connector);
    const server = `${tenantId} ${connector?.id ?? outgoing.url.host}`;
    const owner = connector && this.#owner(call, connector);
    const { connectSeconds, firstByteSeconds } = connector?.timeouts ?? PLAIN_TIMES;
    let again = true;
    for (let attempt = 0;; attempt++) {
      const left = () => request.until - this.ports.now();
      if (left() <= 0) throw late();
      const authorised = await this.#authorised(outgoing, connector, owner, call);
      const leaveServer = await this.#servers.enter(server, Math.min(WAIT_MS, left()));
      let failure: AntiphonError | undefined;
      let answer: OutgoingAnswer | undefined;
      let works: boolean | null = null;
      try {
        const leaveTenant = await this.#tenants.enter(tenantId, Math.min(WAIT_MS, left()));
        try {
          this.#breaker.ask(server);
          try {
            answer = await this.#exchange(call, connector, authorised, {
              connectMs: Math.min(connectSeconds * 1000, left()),
              firstByteMs: Math.min(firstByteSeconds * 1000, left()),
              totalMs: Math.max(1, left()),
            }, signal);
            works = answer.status < 500;
          } catch (error) {
            if (!(error instanceof AntiphonError) || signal.aborted) throw error;
            works = isOfServer(error) ? false : null;
            failure = error;
          } finally {
            this.#breaker.tell(server, works);
          }
        } finally {
          leaveTenant();
        }
      } finally {
        leaveServer();
      }
      if (answer?.status === 401 && owner && again) {
        // The token may have been taken back before its time.
        again = false;
        this.#tokens.forget(owner);
        attempt -= 1;
        continue;
      }
      const repeat = answer ? RETRIED.has(answer.status) : failure!.code === "service_unreachable";
      const wait = retryWait({
        ...{ attempt, retryAfter: answer?.headers["retry-after"] },
        ...{ now: this.ports.now(), random: this.ports.random() },
      });
      if (!repeat || attempt >= request.retries || wait >= left()) {
        if (answer) return answer;
        throw failure!;
      }
      await this.#pause(wait, signal);
    }
  }

  async #exchange(
    { tenantId, request }: HttpCall,
    connector: Connector | undefined,
    outgoing: OutgoingRequest,
    times: Parameters<OutgoingHttp["exchange"]>[2],
    signal: AbortSignal,
  ): Promise<OutgoingAnswer> {
    let now = outgoing;
    const follows = request.method === "GET" || request.method === "HEAD" ? request.redirects : 0;
    for (let followed = 0;; followed++) {
      const answer = await this.ports.outgoing.exchange(tenantId, now, times, signal);
      if (!REDIRECTS.has(answer.status) || followed >= follows) return answer;
      const url = URL.parse(answer.headers.location ?? "", now.url);
      if (!url || url.origin !== outgoing.url.origin) return answer;
      if (connector) {
        checkPath(url, new URL(connector.baseUrl).pathname.replace(/\/+$/, ""), connector.paths);
      }
      now = { ...now, url };
    }
  }

  /** The request as it is sent, but for its authentication. Sealed values are open from here on. */
  async #outgoing(call: HttpCall, connector: Connector | undefined): Promise<OutgoingRequest> {
    const { tenantId, interactionId, step, request, configuration } = call;
    const mayOpen = connector?.sensitiveVariables === true;
    const write = async (text: SealableText, escape: Escape) => {
      if (isSealed(text) && !mayOpen) {
        throw new AntiphonError("node_not_authorised", "It gets no sensitive variables");
      }
      return await openParts(text, (sealed) => this.ports.keys.open(tenantId, sealed), escape);
    };
    const address = await write(request.address, escapeInUrl);
    const url = connector
      ? connectorUrl(connector, address)
      : plainUrl(address, configuration.settings.httpHosts);
    const headers: Record<string, string> = { accept: "*/*" };
    for (const [name, value] of Object.entries(request.headers)) {
      headers[name.toLowerCase()] = await write(value, escapeInHeader);
    }
    for (const [name, value] of Object.entries(connector?.headers ?? {})) {
      headers[name.toLowerCase()] = value;
    }
    const text = request.body === null
      ? null
      : await write(request.body, escapeInBody(request.contentType));
    if (text !== null) headers["content-type"] = request.contentType;
    const reads = request.method === "GET" || request.method === "HEAD";
    if (!reads) headers["idempotency-key"] = `${interactionId}:${step}`;
    return { method: request.method, url, headers, body: text === null ? null : Buffer.from(text) };
  }

  async #authorised(
    outgoing: OutgoingRequest,
    connector: Connector | undefined,
    owner: TokenOwner | undefined,
    { tenantId }: HttpCall,
  ): Promise<OutgoingRequest> {
    if (!connector) return outgoing;
    const { authentication } = connector;
    const secret = () => this.#secret(tenantId, connector.id);
    const withHeader = (name: string, value: string) => ({
      ...outgoing,
      headers: { ...outgoing.headers, [name.toLowerCase()]: value },
    });
    switch (authentication.type) {
      case "none":
        return outgoing;
      case "basic": {
        const pair = `${authentication.username}:${await secret()}`;
        return withHeader("authorization", `Basic ${Buffer.from(pair).toString("base64")}`);
      }
      case "bearer":
        return withHeader("authorization", `Bearer ${await secret()}`);
      case "api-key":
        return withHeader(authentication.header, await secret());
      case "oauth-client-credentials":
        return withHeader("authorization", `Bearer ${await this.#tokens.of(owner!)}`);
    }
  }

  #owner({ tenantId, configuration }: HttpCall, connector: Connector): TokenOwner | undefined {
    const { id, authentication } = connector;
    if (authentication.type !== "oauth-client-credentials") return undefined;
    const version = configuration.stored.versions.get(versionKey("connectors", id)) ?? 0;
    const secret = () => this.#secret(tenantId, id);
    return { tenantId, connectorId: id, version, authentication, secret };
  }

  async #secret(tenantId: string, connectorId: string): Promise<string> {
    const row = await this.ports.db.selectFrom("cell.entity_secrets").select("sealed")
      .where("tenant_id", "=", tenantId).where("kind", "=", "connectors")
      .where("id", "=", connectorId).executeTakeFirst();
    if (row) return await this.ports.sealer.open(row.sealed);
    throw new AntiphonError("service_sign_in_failed", "The connector has no secret");
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.ports.timer(ms, resolve);
    signal.addEventListener("abort", () => resolve(), { once: true });
    await promise;
    cancel();
    signal.throwIfAborted();
  }
}

/** @throws AntiphonError `node_not_authorised` for one that is gone, not authorised, or not for this */
function connectorOf(
  { request, configuration }: Pick<HttpCall, "request" | "configuration">,
): Connector | undefined {
  if (request.connectorId === null) return undefined;
  const connector = configuration.connectors.get(request.connectorId);
  if (connector?.authorised && connector.methods.includes(request.method)) return connector;
  throw new AntiphonError("node_not_authorised", "No authorised connector does this");
}

function isOfServer({ code }: AntiphonError): boolean {
  return code === "service_unreachable" || code === "deadline_exceeded" || code === "tls_refused";
}

function late(): AntiphonError {
  return new AntiphonError("deadline_exceeded", "There is no time left");
}

/** @throws AntiphonError `answer_unreadable` */
function textOf(body: Uint8Array, mediaType: string): string {
  const charset = /;\s*charset="?([A-Za-z0-9_:.-]+)"?/i.exec(mediaType)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch (cause) {
    throw new AntiphonError("answer_unreadable", `The answer is not ${charset}`, { cause });
  }
}
