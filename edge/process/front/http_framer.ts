/** What a framer tells of the messages that go through it. */
export interface FramerListener {
  /**
   * A head is complete. Says how its body is framed, `none` for no body, `opaque` for all that
   * follows until the connection ends, `interim` for a head that another one follows.
   * @throws Error when it does not fit
   */
  head(lines: string[]): "body" | "none" | "opaque" | "interim";
  /** A message is over. */
  end(): void;
}

/** Longest head of a message, in bytes. */
const MOST_HEAD = 32 * 1024;
const CR = 13, LF = 10;
const FIELD = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[^\r\n]*$/;

type State = "head" | "length" | "size" | "chunk" | "trailer" | "opaque";

/**
 * Finds where HTTP/1.1 messages of one direction begin and end (RFC 9112). It is strict where two
 * readers of the same bytes could disagree: bare line ends, folded lines, lengths given twice.
 * O(bytes of heads and chunk sizes); bodies are skipped.
 */
export class HttpFramer {
  #state: State = "head";
  #partial: Uint8Array = new Uint8Array(0);
  #left = 0;
  #line = "";

  constructor(readonly listener: FramerListener) {}

  /** Between two messages, or in the head of one. */
  get inHead(): boolean {
    return this.#state === "head";
  }

  /** Some bytes of a head have come. */
  get begun(): boolean {
    return this.#partial.length > 0;
  }

  /**
   * Takes bytes and returns those to hand on: a head only once it is whole, with `insert` behind its
   * first line.
   * @throws Error when they are no HTTP/1.1
   */
  feed(bytes: Uint8Array, insert?: Uint8Array): Uint8Array[] {
    const out: Uint8Array[] = [];
    let at = 0;
    while (at < bytes.length) {
      if (this.#state === "head") {
        const head = join(this.#partial, bytes.subarray(at));
        const end = headEnd(head, Math.max(0, this.#partial.length - 3));
        if (end < 0) {
          if (head.length > MOST_HEAD) throw new Error("the head is too long");
          this.#partial = head.slice();
          return out;
        }
        at += end - this.#partial.length;
        this.#partial = new Uint8Array(0);
        const whole = head.subarray(0, end);
        this.#head(whole);
        if (insert === undefined) out.push(whole);
        else {
          const line = whole.indexOf(LF) + 1;
          out.push(whole.subarray(0, line), insert, whole.subarray(line));
        }
        continue;
      }
      const from = at;
      at = this.#body(bytes, at);
      out.push(bytes.subarray(from, at));
    }
    return out;
  }

  #head(bytes: Uint8Array): void {
    const lines = new TextDecoder("latin1").decode(bytes.subarray(0, -4)).split("\r\n");
    for (let n = 1; n < lines.length; n++) {
      if (!FIELD.test(lines[n])) throw new Error("a header does not fit");
    }
    if (/[\r\n]/.test(lines[0])) throw new Error("the first line does not fit");
    const lengths = lines.filter((line) => /^content-length:/i.test(line));
    const codings = lines.filter((line) => /^transfer-encoding:/i.test(line));
    if (lengths.length + codings.length > 1) throw new Error("the length is given twice");
    const kind = this.listener.head(lines);
    if (kind === "interim") return;
    if (kind === "opaque") this.#state = "opaque";
    else if (kind === "none") this.#end();
    else if (codings.length > 0) {
      if (!/^transfer-encoding:[ \t]*chunked[ \t]*$/i.test(codings[0])) {
        throw new Error("the coding is not known");
      }
      this.#state = "size";
    } else if (lengths.length > 0) {
      const length = /^content-length:[ \t]*(\d{1,15})[ \t]*$/i.exec(lengths[0])?.[1];
      if (length === undefined) throw new Error("the length does not fit");
      this.#left = Number(length);
      if (this.#left === 0) this.#end();
      else this.#state = "length";
    } else this.#end();
  }

  /** Goes through a body from `at`; returns where it stopped. */
  #body(bytes: Uint8Array, at: number): number {
    switch (this.#state) {
      case "opaque":
        return bytes.length;
      case "length":
      case "chunk": {
        const taken = Math.min(this.#left, bytes.length - at);
        this.#left -= taken;
        if (this.#left === 0) {
          if (this.#state === "length") this.#end();
          else this.#state = "size";
        }
        return at + taken;
      }
      default: {
        const lf = bytes.indexOf(LF, at);
        const end = lf < 0 ? bytes.length : lf + 1;
        this.#line += String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 8_192)));
        if (this.#line.length > 4_096) throw new Error("a line of chunks is too long");
        if (lf >= 0) this.#chunkLine();
        return end;
      }
    }
  }

  #chunkLine(): void {
    const line = this.#line;
    this.#line = "";
    if (!line.endsWith("\r\n")) throw new Error("a line ends without CR");
    if (this.#state === "trailer") {
      if (line === "\r\n") this.#end();
      else if (!FIELD.test(line.slice(0, -2))) throw new Error("a trailer does not fit");
      return;
    }
    const size = /^([0-9A-Fa-f]{1,12})(;[^\r\n]*)?\r\n$/.exec(line)?.[1];
    if (size === undefined) throw new Error("a chunk's size does not fit");
    // Its data and the line end behind them.
    this.#left = parseInt(size, 16) + 2;
    this.#state = this.#left === 2 ? "trailer" : "chunk";
  }

  #end(): void {
    this.#state = "head";
    this.listener.end();
  }
}

/** Where the empty line of a head ends, or -1. */
function headEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(CR, from); at >= 0; at = bytes.indexOf(CR, at + 1)) {
    if (bytes[at + 1] === LF && bytes[at + 2] === CR && bytes[at + 3] === LF) return at + 4;
  }
  return -1;
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
