import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { HeaderFields } from "../message/header_fields.ts";
import { parseNameAddr } from "../message/parse_name_addr.ts";
import { parseUri, type SipUri } from "../message/parse_uri.ts";
import type { SipRequest } from "../message/sip_request.ts";
import type { SipResponse } from "../message/sip_response.ts";
import type { OutgoingRequest } from "../transaction/outgoing_request.ts";

/** What a dialog is made of (RFC 3261 section 12). */
export interface DialogParts {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** From value of our requests, tag included. */
  readonly local: string;
  /** To value of our requests, tag included. */
  readonly remote: string;
  readonly remoteTarget: string;
  /** Route values, nearest first. */
  readonly routes: readonly string[];
  readonly localCseq: number;
  readonly remoteCseq: number | undefined;
}

/** The peer-to-peer relation of two user agents: identifiers, route set, sequence numbers. */
export class Dialog {
  #remoteTarget: string;
  #localCseq: number;
  #remoteCseq: number | undefined;

  constructor(readonly parts: DialogParts) {
    this.#remoteTarget = parts.remoteTarget;
    this.#localCseq = parts.localCseq;
    this.#remoteCseq = parts.remoteCseq;
  }

  /** The callee's side of a dialog begun by `request` (section 12.1.1). */
  static ofServer(request: SipRequest, localTag: string): Dialog {
    return new Dialog({
      callId: request.callId,
      localTag,
      remoteTag: request.from.tag ?? "",
      local: `${request.get("to")};tag=${localTag}`,
      remote: request.get("from") ?? "",
      remoteTarget: request.contact?.uri ?? request.from.uri,
      routes: request.list("record-route"),
      localCseq: 0,
      remoteCseq: request.cseq.number,
    });
  }

  /** The caller's side of a dialog that `response` makes (section 12.1.2). */
  static ofClient(response: SipResponse, remoteTarget: string): Dialog {
    return new Dialog({
      callId: response.callId,
      localTag: response.from.tag ?? "",
      remoteTag: response.to.tag ?? "",
      local: response.get("from") ?? "",
      remote: response.get("to") ?? "",
      remoteTarget: response.contact?.uri ?? remoteTarget,
      routes: response.list("record-route").reverse(),
      localCseq: response.cseq.number,
      remoteCseq: undefined,
    });
  }

  get remoteTag(): string {
    return this.parts.remoteTag;
  }

  /** The URI our requests go to. */
  get remoteTarget(): string {
    return this.#remoteTarget;
  }

  /** Takes the peer's new Contact from a target refresh (section 12.2). */
  refresh(message: SipRequest | SipResponse): void {
    this.#remoteTarget = message.contact?.uri ?? this.#remoteTarget;
  }

  /** Whether a request's number is in order (section 12.2.2); notes it if so. */
  accepts(cseq: number): boolean {
    if (this.#remoteCseq !== undefined && cseq < this.#remoteCseq) return false;
    this.#remoteCseq = cseq;
    return true;
  }

  /**
   * A request within the dialog (section 12.2.1.1), strict routers served too.
   *
   * @param cseq of the INVITE, for its ACK; the next number if left out
   */
  request(
    method: string,
    headers: HeaderFields = [],
    body?: string,
    cseq?: number,
  ): OutgoingRequest & { readonly cseq: number } {
    const number = cseq ?? ++this.#localCseq;
    const { routes, local, remote, callId } = this.parts;
    let uri = this.#remoteTarget;
    let route = [...routes];
    if (routes.length > 0 && !isLoose(routes[0])) {
      uri = parseNameAddr(routes[0]).uri;
      route = [...routes.slice(1), `<${this.#remoteTarget}>`];
    }
    return {
      method,
      uri,
      headers: [
        ...route.map((value) => ["Route", value] as const),
        ["From", local],
        ["To", remote],
        ["Call-ID", callId],
        ["CSeq", `${number} ${method}`],
        ...headers,
      ],
      body,
      cseq: number,
    };
  }

  /** The URI whose host our requests are sent to; undefined for one without a host. */
  nextHop(): SipUri | undefined {
    const { routes } = this.parts;
    const uri = routes.length > 0 ? parseNameAddr(routes[0]).uri : this.#remoteTarget;
    try {
      const parsed = parseUri(uri);
      return parsed.host === "" ? undefined : parsed;
    } catch (error) {
      if (error instanceof AntiphonError) return undefined;
      throw error;
    }
  }
}

function isLoose(route: string): boolean {
  return /;\s*lr(?=[;=>\s]|$)/i.test(route);
}
