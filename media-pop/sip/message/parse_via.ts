import { malformed } from "./malformed.ts";
import { type Params, parseParams } from "./parse_params.ts";

/** One Via element (RFC 3261 section 20.42). */
export interface Via {
  /** Upper case: UDP, TCP, TLS … */
  readonly transport: string;
  readonly host: string;
  /** Absent when the sent-by names none. */
  readonly port: number | undefined;
  readonly branch: string | undefined;
  readonly params: Params;
}

const VIA =
  /^SIP\s*\/\s*\d\.\d\s*\/\s*([A-Za-z0-9\-.!%*_+`'~]+)\s+(\[[0-9A-Fa-f:.]+\]|[^\s;:,<>"]+)\s*(?::\s*(\d{1,5})\s*)?(;.*)?$/s;

/**
 * Parses one Via element.
 *
 * @throws sip_malformed
 */
export function parseVia(text: string): Via {
  const found = VIA.exec(text.trim());
  if (!found) throw malformed("Malformed Via");
  const port = found[3] === undefined ? undefined : Number(found[3]);
  if (port !== undefined && (port === 0 || port > 65535)) throw malformed("Malformed Via");
  const params = parseParams(found[4] ?? "", true);
  return {
    transport: found[1].toUpperCase(),
    host: found[2],
    port,
    branch: params.get("branch") ?? undefined,
    params,
  };
}
