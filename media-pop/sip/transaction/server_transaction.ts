import { type ResponseParts, responseTo } from "../message/response_to.ts";
import type { SipRequest } from "../message/sip_request.ts";
import type { SipFlow } from "../transport/sip_flow.ts";
import type { TimerWheel } from "../transport/timer_wheel.ts";
import { inviteServer } from "./invite_server.ts";
import { Machine } from "./machine.ts";
import { nonInviteServer } from "./non_invite_server.ts";
import { statusClass } from "./status_class.ts";

/** What a {@linkcode ServerTransaction} needs. */
export interface ServerTransactionParts {
  readonly request: SipRequest;
  /** Where the request came from. */
  readonly source: SipFlow;
  /** Where the answers go, asked for anew when a connection has closed. */
  readonly flow: () => SipFlow;
  readonly wheel: TimerWheel;
  readonly toTag: string;
  readonly onEnd: () => void;
}

/** A request being answered. */
export class ServerTransaction {
  readonly request: SipRequest;
  readonly source: SipFlow;
  /** The tag put into To by every answer but a 100. */
  readonly toTag: string;
  /** Told of a CANCEL for this INVITE, with the CANCEL; it has been answered already. */
  onCancel?: (cancel: SipRequest) => void;
  /** Told of an ACK that carries the branch of an accepted INVITE. */
  onAck?: (ack: SipRequest) => void;
  #flow: SipFlow;
  #last?: Uint8Array;
  #finalStatus = 0;
  readonly #machine:
    | Machine<ReturnType<typeof inviteServer>["state"]["phase"], Parameters<typeof inviteServer>[1]>
    | Machine<
      ReturnType<typeof nonInviteServer>["state"]["phase"],
      Parameters<typeof nonInviteServer>[1]
    >;

  constructor(readonly parts: ServerTransactionParts) {
    this.request = parts.request;
    this.source = parts.source;
    this.#flow = parts.flow();
    const hasTag = parts.request.to.tag;
    this.toTag = hasTag ?? parts.toTag;
    const doer = (action: string) => {
      if (action === "send") this.resend();
      else if (action === "end") parts.onEnd();
    };
    const { reliable } = this.#flow;
    this.#machine = parts.request.method === "INVITE"
      ? new Machine(inviteServer, "proceeding", reliable, parts.wheel, doer)
      : new Machine(nonInviteServer, "trying", reliable, parts.wheel, doer);
  }

  /** The final status sent, 0 before. */
  get finalStatus(): number {
    return this.#finalStatus;
  }

  /**
   * Sends an answer. After a final one every further answer is ignored.
   *
   * @throws sip_malformed when a header would break the message; nothing is sent then
   */
  respond(status: number, parts: ResponseParts = {}): void {
    if (this.#finalStatus > 0) return;
    const toTag = status === 100 ? undefined : this.toTag;
    this.#last = responseTo(this.request, status, { ...parts, toTag });
    if (status >= 200) this.#finalStatus = status;
    this.#machine.take(statusClass(status));
  }

  /** Sends the last answer again. */
  resend(): void {
    if (this.#last === undefined) return;
    if (this.#flow.closed) this.#flow = this.parts.flow();
    const failed = () => void this.parts.wheel.set(0, () => this.#machine.take("transport"));
    this.#flow.send(this.#last, failed);
  }

  /** The request, or the ACK of a non-2xx answer, came (again). */
  repeated(request: SipRequest): void {
    if (request.method !== "ACK") return this.#machine.take("request");
    if (this.#machine.phase === "accepted") this.onAck?.(request);
    else (this.#machine as Machine<"completed", "ack">).take("ack");
  }

  /** Stops its timers, when the endpoint closes. */
  stop(): void {
    this.#machine.stop();
  }
}
