import type { HeaderFields } from "../message/header_fields.ts";
import { headerName } from "../message/header_name.ts";
import { serialise } from "../message/serialise.ts";
import type { SipResponse } from "../message/sip_response.ts";
import type { SipFlow } from "../transport/sip_flow.ts";
import type { TimerWheel } from "../transport/timer_wheel.ts";
import { inviteClient } from "./invite_client.ts";
import { Machine } from "./machine.ts";
import { nonInviteClient } from "./non_invite_client.ts";
import type { OutgoingRequest } from "./outgoing_request.ts";
import { statusClass } from "./status_class.ts";

/** What a {@linkcode ClientTransaction} tells its user. */
export interface ClientTransactionUser {
  /** Every response but repeated non-2xx finals; 2xx of an INVITE each time they come. */
  onResponse(response: SipResponse): void;
  /** No final answer in time ("timeout") or no way to send ("transport"). Comes at most once. */
  onFailure(kind: "timeout" | "transport"): void;
}

/** What a {@linkcode ClientTransaction} needs. */
export interface ClientTransactionParts {
  readonly request: OutgoingRequest;
  readonly via: string;
  readonly flow: SipFlow;
  readonly wheel: TimerWheel;
  readonly user: ClientTransactionUser;
  readonly onEnd: () => void;
}

const REPEATED = new Set(["from", "call-id", "route"]);

/** A request on its way, until its final answer. */
export class ClientTransaction {
  readonly #bytes: Uint8Array;
  #response?: SipResponse;
  #ack?: Uint8Array;
  readonly #machine:
    | Machine<ReturnType<typeof inviteClient>["state"]["phase"], Parameters<typeof inviteClient>[1]>
    | Machine<
      ReturnType<typeof nonInviteClient>["state"]["phase"],
      Parameters<typeof nonInviteClient>[1]
    >;

  /** @throws sip_malformed when the request cannot be written */
  constructor(readonly parts: ClientTransactionParts) {
    const { request, via, flow, wheel } = parts;
    this.#bytes = serialise(
      `${request.method} ${request.uri} SIP/2.0`,
      [["Via", via], ["Max-Forwards", String(request.maxForwards ?? 70)], ...request.headers],
      request.body,
    );
    const doer = (action: string) => this.#do(action);
    this.#machine = request.method === "INVITE"
      ? new Machine(inviteClient, "calling", flow.reliable, wheel, doer)
      : new Machine(nonInviteClient, "trying", flow.reliable, wheel, doer);
  }

  get flow(): SipFlow {
    return this.parts.flow;
  }

  /** Sends the request. */
  start(): void {
    this.#machine.take("start");
  }

  /** A response came. */
  received(response: SipResponse): void {
    this.#response = response;
    this.#machine.take(statusClass(response.status));
  }

  /**
   * The CANCEL of this INVITE (RFC 3261 section 9.1), to be sent with the Via that
   * {@linkcode ClientTransactionParts} has.
   */
  cancellation(headers: HeaderFields): OutgoingRequest {
    return {
      method: "CANCEL",
      uri: this.parts.request.uri,
      headers: [...this.#repeated("CANCEL"), ["To", this.#header("to")], ...headers],
    };
  }

  /** Gives the transaction up: whatever still comes is a stray response. */
  abandon(): void {
    this.#machine.stop();
    this.parts.onEnd();
  }

  /** Stops its timers, when the endpoint closes. */
  stop(): void {
    this.#machine.stop();
  }

  #do(action: string): void {
    const { user, flow, onEnd, wheel } = this.parts;
    // by the wheel, which stands between the user's defects and the transport
    const failed = () => void wheel.set(0, () => this.#machine.take("transport"));
    if (action === "send") flow.send(this.#bytes, failed);
    else if (action === "ack") flow.send(this.#acknowledgement());
    else if (action === "deliver" && this.#response) user.onResponse(this.#response);
    else if (action === "timeout") user.onFailure("timeout");
    else if (action === "failed") user.onFailure("transport");
    else if (action === "end") onEnd();
  }

  /** RFC 3261 section 17.1.1.3. */
  #acknowledgement(): Uint8Array {
    return this.#ack ??= serialise(`ACK ${this.parts.request.uri} SIP/2.0`, [
      ["Via", this.parts.via],
      ["Max-Forwards", "70"],
      ...this.#repeated("ACK"),
      ["To", this.#response?.get("to") ?? this.#header("to")],
    ]);
  }

  #repeated(method: string): [string, string][] {
    const number = this.#header("cseq").split(" ")[0];
    const same = this.parts.request.headers
      .filter(([name]) => REPEATED.has(headerName(name)))
      .map(([name, value]): [string, string] => [name, value]);
    return [...same, ["CSeq", `${number} ${method}`]];
  }

  #header(name: string): string {
    return this.parts.request.headers.find(([key]) => headerName(key) === name)?.[1] ?? "";
  }
}
