import { headerName } from "./header_name.ts";
import { type CSeq, parseCseq } from "./parse_cseq.ts";
import { type NameAddr, parseNameAddr } from "./parse_name_addr.ts";
import { parseVia, type Via } from "./parse_via.ts";
import { splitList } from "./split_list.ts";

const EMPTY = new Uint8Array(0);

/**
 * What requests and responses share: header fields in their order, with names as
 * {@linkcode headerName} makes them, and a body. The structured headers are parsed when first
 * asked for and throw sip_malformed then; messages handed on by the transport have passed
 * validation, so that theirs do not.
 */
export abstract class SipMessage {
  /** Lower-case full names, parallel to `values`. */
  readonly names: string[] = [];
  /** Unfolded and trimmed. */
  readonly values: string[] = [];
  body: Uint8Array = EMPTY;
  #via?: Via;
  #from?: NameAddr;
  #to?: NameAddr;
  #cseq?: CSeq;

  /** The first value of a header field, in any spelling. */
  get(name: string): string | undefined {
    const at = this.names.indexOf(headerName(name));
    return at < 0 ? undefined : this.values[at];
  }

  /** All values of a header field, one for each line. */
  all(name: string): string[] {
    const wanted = headerName(name);
    return this.values.filter((_, i) => this.names[i] === wanted);
  }

  /** All elements of a comma-separated header field, over all its lines, empty ones left out. */
  list(name: string): string[] {
    return this.all(name).flatMap(splitList).filter((element) => element !== "");
  }

  /** Replaces the first value of a header field that is present. */
  replaceFirst(name: string, value: string): void {
    const at = this.names.indexOf(name);
    if (at >= 0) this.values[at] = value;
    if (name === "via") this.#via = undefined;
  }

  /** The Call-ID, "" if absent. */
  get callId(): string {
    return this.get("call-id") ?? "";
  }

  /** The topmost Via. */
  get via(): Via {
    return this.#via ??= parseVia(splitList(this.get("via") ?? "")[0]);
  }

  get from(): NameAddr {
    return this.#from ??= parseNameAddr(this.get("from") ?? "");
  }

  get to(): NameAddr {
    return this.#to ??= parseNameAddr(this.get("to") ?? "");
  }

  get cseq(): CSeq {
    return this.#cseq ??= parseCseq(this.get("cseq") ?? "");
  }

  /** The first Contact, undefined if there is none or it is "*". */
  get contact(): NameAddr | undefined {
    const first = this.list("contact")[0];
    return first === undefined || first === "*" ? undefined : parseNameAddr(first);
  }

  /** The body as text if its Content-Type is application/sdp, else undefined. */
  get sdp(): string | undefined {
    if (this.body.length === 0) return undefined;
    const type = this.get("content-type")?.split(";")[0].trim().toLowerCase();
    return type === "application/sdp" ? new TextDecoder().decode(this.body) : undefined;
  }
}
