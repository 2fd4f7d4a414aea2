import type { Counters } from "../../protocol/telemetry/counters.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { ALLOWED_METHODS } from "./dialog/allowed_methods.ts";
import type { CallContext, CallLimits } from "./dialog/call_context.ts";
import { callKey } from "./dialog/call_key.ts";
import type { Dialog } from "./dialog/dialog.ts";
import { IncomingCall } from "./dialog/incoming_call.ts";
import { type Invitation, OutgoingCall } from "./dialog/outgoing_call.ts";
import { isTooBrief, MIN_SE } from "./dialog/session_interval.ts";
import type { LiveCall } from "./dialog/live_call.ts";
import type { HeaderFields } from "./message/header_fields.ts";
import { parseUri } from "./message/parse_uri.ts";
import type { SipRequest } from "./message/sip_request.ts";
import type { SipResponse } from "./message/sip_response.ts";
import type { ServerTransaction } from "./transaction/server_transaction.ts";
import { TransactionLayer } from "./transaction/transaction_layer.ts";
import type { Admission } from "./transaction/transaction_user.ts";
import { randomToken } from "./random_token.ts";
import { isAddress } from "./transport/is_address.ts";
import type { SipClock } from "./transport/sip_clock.ts";
import type { SipFlow, SipListener } from "./transport/sip_flow.ts";
import type { SipTransport } from "./transport/sip_transport.ts";
import { SocketTransport } from "./transport/socket_transport.ts";
import { systemClock } from "./transport/system_clock.ts";
import { TimerWheel } from "./transport/timer_wheel.ts";

/** Where a request came from, for {@linkcode SipEndpointOptions.admit}. */
export interface RequestSource {
  readonly address: string;
  readonly port: number;
  readonly listener: SipListener;
}

/** Options of a {@linkcode SipEndpoint}. */
export interface SipEndpointOptions {
  readonly listeners: readonly SipListener[];
  readonly log: Logger;
  readonly counters: Counters;
  /**
   * Decides on each new request before anything is kept for it; must be cheap. All are admitted
   * unless told. `request` may be malformed: use its getters for structured headers with care.
   */
  readonly admit?: (source: RequestSource, request: SipRequest) => Admission;
  /** Whether a TCP connection from this address is taken at all. All are unless told. */
  readonly admitConnection?: (address: string) => boolean;
  /** Deadlines of calls in milliseconds. */
  readonly limits?: Partial<CallLimits>;
  /**
   * Server transactions (two a call, kept 32 s each over UDP) beyond which requests outside a call
   * get a stateless 503; 60 000 unless told.
   */
  readonly mostTransactions?: number;
  /** Server and User-Agent value. */
  readonly product?: string;
  readonly clock?: SipClock;
  /** A fresh unguessable token of so many random octets; from the system unless told. */
  readonly random?: (octets: number) => string;
  /** The network; real sockets unless told. */
  readonly transport?: SipTransport;
}

/** A call to be placed, and the way it leaves. */
export interface Placement extends Invitation {
  /** One of {@linkcode SipEndpoint.listeners}; the first unless told. */
  readonly listener?: SipListener;
  /** Where to send it; the Request-URI's host, which must be an address then, unless told. */
  readonly destination?: { readonly address: string; readonly port: number };
}

const TICK = 50;
const UNREACHABLE = new Set(["0.0.0.0", "::", "[::]", ""]);
const LIMITS: CallLimits = {
  answer: 32_000,
  ring: 180_000,
  session: 4 * 3_600_000,
  reinvite: 8_000,
};

/** A SIP user agent on one or more listeners: RFC 3261 UAS and UAC core for INVITE sessions. */
export class SipEndpoint {
  /**
   * A new call. 100 has been sent; set the call's listeners and decide, now or later. When nobody
   * listens the call gets 480.
   */
  onInvite?: (call: IncomingCall) => void;
  /** Answers OPTIONS outside a dialog; 200 (503 when draining) unless told. */
  onOptions?: (source: RequestSource, request: SipRequest) => {
    readonly status: number;
    readonly headers?: HeaderFields;
  };
  /** While true, new calls and OPTIONS are answered 503 with Retry-After; live calls go on. */
  draining = false;

  readonly #transport: SipTransport;
  readonly #layer: TransactionLayer;
  readonly #wheel: TimerWheel;
  readonly #clock: SipClock;
  readonly #context: CallContext;
  #listeners: SipListener[] = [];
  #stopClock?: () => void;

  /** @throws configuration_invalid when a listener cannot be reached by what it advertises */
  constructor(readonly options: SipEndpointOptions) {
    for (const { hostname, advertised = hostname } of options.listeners) {
      if (UNREACHABLE.has(advertised)) {
        throw new AntiphonError(
          "configuration_invalid",
          `Peers cannot reach ${advertised}; set "advertised" to the address they reach`,
        );
      }
    }
    const { log, counters, random = randomToken, product = "Antiphon" } = options;
    this.#clock = options.clock ?? systemClock;
    this.#wheel = new TimerWheel(
      (error) => {
        counters.add("sip_handler_failures_total");
        log.error("sip.timer_failed", { error });
      },
      this.#clock.now(),
      TICK,
    );
    this.#transport = options.transport ?? new SocketTransport(options.listeners, {
      log,
      counters,
      wheel: this.#wheel,
      admit: options.admitConnection,
    });
    this.#layer = new TransactionLayer({
      transport: this.#transport,
      wheel: this.#wheel,
      token: random,
      log,
      counters,
      most: options.mostTransactions ?? 60_000,
      user: {
        admit: (request, flow) => options.admit?.(sourceOf(flow), request) ?? "admit",
        onRequest: (transaction) => this.#request(transaction),
        onAck: (ack) => this.#callOf(ack)?.acknowledged(ack),
        onStrayResponse: (response) => this.#stray(response),
      },
    });
    this.#context = {
      layer: this.#layer,
      wheel: this.#wheel,
      token: random,
      log,
      counters,
      product,
      calls: new Map(),
      placed: new Map(),
      limits: { ...LIMITS, ...options.limits },
      flowFor: (dialog, base) => this.#flowFor(dialog, base),
    };
  }

  /** The open listeners with their true ports; empty before {@linkcode start}. */
  get listeners(): readonly SipListener[] {
    return this.#listeners;
  }

  /** Calls not over yet, both directions. */
  get calls(): Iterable<LiveCall> {
    return this.#context.calls.values();
  }

  /** How much is kept: calls, transactions, timers. */
  get load(): { calls: number; servers: number; clients: number; timers: number } {
    return {
      calls: this.#context.calls.size,
      ...this.#layer.size,
      timers: this.#wheel.size,
    };
  }

  /** Opens the listeners. @throws address_in_use, sip_transport */
  async start(): Promise<void> {
    this.#listeners = await this.#transport.open((parsed, flow) =>
      this.#layer.receive(parsed, flow)
    );
    this.#stopClock = this.#clock.every(TICK, () => this.#wheel.turn(this.#clock.now()));
  }

  /** Closes at once: no BYE is sent. Hang the live calls up before if they shall end. */
  async close(): Promise<void> {
    this.#stopClock?.();
    for (const call of this.#context.calls.values()) call.abandon();
    this.#context.calls.clear();
    this.#context.placed.clear();
    this.#layer.close();
    await this.#transport.close();
  }

  /**
   * Places a call. Set the returned call's listeners before the present task ends; the INVITE has
   * been handed to the network, answers come later.
   *
   * @throws invalid_request when the destination is no address, sip_malformed when an address or
   *   header is broken
   */
  invite(placement: Placement): OutgoingCall {
    const listener = placement.listener ?? this.#listeners[0];
    if (listener === undefined) {
      throw new AntiphonError("state_not_allowed", "The endpoint is not open; start it first");
    }
    const { host, port } = parseUri(placement.uri);
    const { address, port: to } = placement.destination ?? { address: host, port: port ?? 5060 };
    if (!isAddress(address)) {
      throw new AntiphonError(
        "invalid_request",
        "The destination must be an IP address; resolve the name first",
      );
    }
    const flow = this.#transport.flowTo(listener, address, to);
    const call = new OutgoingCall(this.#context, flow, placement);
    call.start();
    return call;
  }

  #request(transaction: ServerTransaction): void {
    const { request } = transaction;
    const required = request.list("require").filter((option) => option.toLowerCase() !== "timer");
    if (required.length > 0) {
      return transaction.respond(420, { headers: [["Unsupported", required.join(", ")]] });
    }
    if (request.to.tag !== undefined) {
      const call = this.#callOf(request);
      return call === undefined ? transaction.respond(481) : call.receive(transaction);
    }
    if (request.method === "INVITE") this.#invited(transaction);
    else if (request.method === "OPTIONS") this.#asked(transaction);
    else if (request.method === "BYE") transaction.respond(481);
    else transaction.respond(405, { headers: [["Allow", ALLOWED_METHODS]] });
  }

  #invited(transaction: ServerTransaction): void {
    const { request } = transaction;
    this.options.counters.add("sip_calls_offered_total");
    if (this.draining) {
      return transaction.respond(503, { headers: [["Retry-After", "60"]] });
    }
    if (Number(request.get("max-forwards") ?? 70) === 0) return transaction.respond(483);
    const encoding = request.get("content-encoding")?.toLowerCase() ?? "identity";
    if (request.body.length > 0 && (request.sdp === undefined || encoding !== "identity")) {
      return transaction.respond(415, {
        headers: [["Accept", "application/sdp"], ["Accept-Encoding", "identity"]],
      });
    }
    if (isTooBrief(request)) return transaction.respond(422, { headers: MIN_SE });
    const call = new IncomingCall(this.#context, transaction);
    try {
      if (this.onInvite === undefined) call.reject(480);
      else this.onInvite(call);
    } catch (error) {
      call.reject(500);
      throw error;
    }
  }

  #asked(transaction: ServerTransaction): void {
    const { request, source } = transaction;
    const retry: HeaderFields = [["Retry-After", "60"]];
    const { status, headers = [] } = this.onOptions?.(sourceOf(source), request) ??
      (this.draining ? { status: 503, headers: retry } : { status: 200 });
    transaction.respond(status, {
      headers: [
        ["Allow", ALLOWED_METHODS],
        ["Accept", "application/sdp"],
        ["Server", this.#context.product],
        ...headers,
      ],
    });
  }

  #callOf(request: SipRequest): LiveCall | undefined {
    return this.#context.calls.get(callKey(request.callId, request.to.tag ?? ""));
  }

  #stray(response: SipResponse): void {
    const call = this.#context.placed.get(callKey(response.callId, response.from.tag ?? ""));
    const late = response.cseq.method === "INVITE" && response.cseq.number === 1 &&
      response.status >= 200 && response.status < 300;
    if (late && call !== undefined) call.responded(response);
    else this.options.counters.add("sip_responses_stray_total");
  }

  /**
   * An open connection is kept to; else the next hop's address and port, or where the peer was
   * last heard if its URI is a name.
   */
  #flowFor(dialog: Dialog, base: SipFlow): SipFlow {
    if (base.reliable && !base.closed) return base;
    const hop = dialog.nextHop();
    if (hop === undefined || !isAddress(hop.host)) {
      return base.closed ? this.#transport.flowTo(base.listener, base.address, base.port) : base;
    }
    const wanted = hop.params.get("transport")?.toLowerCase() ?? "udp";
    const near = this.#listeners.filter(({ transport }) => transport === wanted);
    const listener = near.find(({ hostname }) => hostname === base.listener.hostname) ?? near[0];
    const port = hop.port ?? 5060;
    return this.#transport.flowTo(listener ?? base.listener, hop.host, port);
  }
}

function sourceOf(flow: SipFlow): RequestSource {
  return { address: flow.address, port: flow.port, listener: flow.listener };
}
