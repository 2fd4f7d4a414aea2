import type { Counters } from "../../../protocol/telemetry/counters.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { ParsedMessage } from "../message/parse_message.ts";
import { type ResponseParts, responseTo } from "../message/response_to.ts";
import type { SipRequest } from "../message/sip_request.ts";
import type { SipResponse } from "../message/sip_response.ts";
import { stampVia } from "../message/stamp_via.ts";
import type { SipFlow } from "../transport/sip_flow.ts";
import type { SipTransport } from "../transport/sip_transport.ts";
import type { TimerWheel } from "../transport/timer_wheel.ts";
import { ClientTransaction, type ClientTransactionUser } from "./client_transaction.ts";
import type { OutgoingRequest } from "./outgoing_request.ts";
import { ServerTransaction } from "./server_transaction.ts";
import { transactionKey } from "./transaction_key.ts";
import type { TransactionUser } from "./transaction_user.ts";
import { viaFor } from "./via_for.ts";

/** What a {@linkcode TransactionLayer} needs. */
export interface TransactionLayerParts {
  readonly transport: SipTransport;
  readonly wheel: TimerWheel;
  /** A fresh token of so many random octets. */
  readonly token: (octets: number) => string;
  readonly log: Logger;
  readonly counters: Counters;
  readonly user: TransactionUser;
  /** Server transactions beyond which requests outside a call get a stateless 503. */
  readonly most: number;
}

/** Matches messages to transactions (RFC 3261 section 17), keeps them, and refuses early. */
export class TransactionLayer {
  readonly #servers = new Map<string, ServerTransaction>();
  readonly #clients = new Map<string, ClientTransaction>();
  /** Requests outside a dialog by what stays the same on every path, for merged requests. */
  readonly #origins = new Map<string, ServerTransaction>();

  constructor(readonly parts: TransactionLayerParts) {}

  /** How many transactions are kept. */
  get size(): { servers: number; clients: number } {
    return { servers: this.#servers.size, clients: this.#clients.size };
  }

  /** Takes what the transport read. Never throws. */
  receive(parsed: ParsedMessage, flow: SipFlow): void {
    const { counters, log } = this.parts;
    try {
      if (parsed.kind === "response") this.#response(parsed.message, flow);
      else if (parsed.kind === "garbage") counters.add("sip_messages_dropped_total");
      else if (parsed.kind === "request") {
        if (parsed.problem === undefined) this.#request(parsed.message, flow);
        else if (parsed.message.method === "ACK") counters.add("sip_messages_dropped_total");
        else {
          counters.add("sip_requests_malformed_total");
          this.#malformed(parsed.message, parsed.problem, flow);
        }
      }
    } catch (error) {
      counters.add("sip_handler_failures_total");
      log.error("sip.handler_failed", { error });
    }
  }

  /**
   * Sends a request in a transaction of its own.
   *
   * @param via of an INVITE to be cancelled, so that the CANCEL bears the same branch
   * @throws sip_malformed when the request cannot be written
   */
  request(
    request: OutgoingRequest,
    flow: SipFlow,
    user: ClientTransactionUser,
    via = viaFor(flow.listener, this.parts.token(10)),
  ): ClientTransaction {
    const key = `${request.method}|${/;branch=([^;]+)/.exec(via)?.[1]}`;
    const onEnd = () => this.#clients.delete(key);
    const { wheel } = this.parts;
    const transaction = new ClientTransaction({ request, via, flow, wheel, user, onEnd });
    this.#clients.set(key, transaction);
    transaction.start();
    return transaction;
  }

  /** Stops every timer and forgets every transaction. */
  close(): void {
    for (const transaction of this.#servers.values()) transaction.stop();
    for (const transaction of this.#clients.values()) transaction.stop();
    this.#servers.clear();
    this.#clients.clear();
    this.#origins.clear();
  }

  #response(response: SipResponse, flow: SipFlow): void {
    // more than one Via: not for us (RFC 3261 section 8.1.3.3)
    const vias = response.list("via").length;
    const transaction = this.#clients.get(`${response.cseq.method}|${response.via.branch}`);
    if (vias === 1 && transaction !== undefined) transaction.received(response);
    else if (vias === 1) this.parts.user.onStrayResponse(response, flow);
    else this.parts.counters.add("sip_messages_dropped_total");
  }

  #request(request: SipRequest, source: SipFlow): void {
    const key = transactionKey(request);
    const known = this.#servers.get(key);
    if (known !== undefined) return known.repeated(request);
    if (request.method === "ACK") return this.parts.user.onAck(request);
    const admission = this.parts.user.admit(request, source);
    if (admission === "drop") return this.parts.counters.add("sip_requests_refused_total");
    stampVia(request, source.address, source.port);
    if (admission !== "admit") {
      this.parts.counters.add("sip_requests_refused_total");
      return this.#stateless(request, admission.status, admission, source);
    }
    if (this.#servers.size >= this.parts.most && isFresh(request)) {
      this.parts.counters.add("sip_requests_overload_total");
      const headers = [["Retry-After", "5"]] as const;
      return this.#stateless(request, 503, { headers }, source);
    }
    this.#serve(key, request, source);
  }

  #serve(key: string, request: SipRequest, source: SipFlow): void {
    const origin = originOf(request);
    const merged = origin !== undefined && this.#origins.has(origin);
    const transaction = new ServerTransaction({
      request,
      source,
      flow: () => this.#answerFlow(request, source),
      wheel: this.parts.wheel,
      toTag: this.parts.token(8),
      onEnd: () => {
        this.#servers.delete(key);
        if (origin !== undefined && this.#origins.get(origin) === transaction) {
          this.#origins.delete(origin);
        }
      },
    });
    this.#servers.set(key, transaction);
    if (merged) return transaction.respond(482);
    if (origin !== undefined) this.#origins.set(origin, transaction);
    if (request.method === "CANCEL") return this.#cancel(transaction);
    if (request.method === "INVITE") transaction.respond(100);
    try {
      this.parts.user.onRequest(transaction);
    } catch (error) {
      transaction.respond(500);
      throw error;
    }
  }

  /** RFC 3261 section 9.2. */
  #cancel(transaction: ServerTransaction): void {
    const invite = this.#servers.get(transactionKey(transaction.request, "INVITE"));
    if (invite === undefined) return transaction.respond(481);
    transaction.respond(200);
    if (invite.finalStatus === 0) invite.onCancel?.(transaction.request);
  }

  #malformed(request: SipRequest, problem: { status: number; reason: string }, flow: SipFlow) {
    const admission = this.#admitMalformed(request, flow);
    if (admission === "drop") return;
    const answerable = ["via", "from", "to", "call-id", "cseq"].every((name) => request.get(name));
    if (!answerable) return this.parts.counters.add("sip_messages_dropped_total");
    flow.send(responseTo(request, problem.status, { reason: problem.reason, toTag: "refused" }));
  }

  #admitMalformed(request: SipRequest, flow: SipFlow): "admit" | "drop" {
    try {
      return this.parts.user.admit(request, flow) === "drop" ? "drop" : "admit";
    } catch (error) {
      this.parts.log.debug("sip.malformed_not_admitted", { error });
      return "drop";
    }
  }

  #stateless(request: SipRequest, status: number, parts: ResponseParts, source: SipFlow): void {
    const { reason, headers } = parts;
    // the same tag for each repetition of the request (RFC 3261 section 8.2.7)
    const toTag = `s${hash(`${request.via.branch}|${request.callId}`).toString(36)}`;
    const answer = responseTo(request, status, { reason, headers, toTag });
    this.#answerFlow(request, source).send(answer);
  }

  /** Where answers go (RFC 3261 section 18.2.2, RFC 3581 section 4). */
  #answerFlow(request: SipRequest, source: SipFlow): SipFlow {
    const { via } = request;
    if (source.reliable ? !source.closed : via.params.has("rport")) return source;
    const port = via.port ?? 5060;
    if (port === source.port && !source.closed) return source;
    return this.parts.transport.flowTo(source.listener, source.address, port);
  }
}

/** Names a request outside a dialog whichever way it came (RFC 3261 section 8.2.2.2). */
function originOf(request: SipRequest): string | undefined {
  if (request.method === "CANCEL" || request.to.tag !== undefined) return undefined;
  const { callId, from, cseq } = request;
  return `${callId}|${from.tag ?? ""}|${cseq.number}|${cseq.method}`;
}

/** Whether it would begin something; what belongs to a call is served under overload too. */
function isFresh(request: SipRequest): boolean {
  return request.to.tag === undefined && request.method !== "CANCEL";
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}
