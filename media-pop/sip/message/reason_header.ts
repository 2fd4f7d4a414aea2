import type { SipMessage } from "./sip_message.ts";
import { parseParams } from "./parse_params.ts";
import { refusalOf } from "./refusal_of.ts";

/** One value of the Reason header field (RFC 3326): why a call ended or was refused. */
export interface ReasonValue {
  /** "Q.850", "SIP" … */
  readonly protocol: string;
  readonly cause?: number;
  readonly text?: string;
}

/** Writes a Reason value. */
export function formatReason(reason: ReasonValue): string {
  const cause = reason.cause === undefined ? "" : `;cause=${reason.cause}`;
  const text = reason.text === undefined
    ? ""
    : `;text="${reason.text.replace(/[\r\n]+/g, " ").replace(/["\\]/g, "\\$&")}"`;
  return `${reason.protocol}${cause}${text}`;
}

/** Reads the Reason values of a message. Broken ones are left out: they are only commentary. */
export function reasonsOf(message: SipMessage): ReasonValue[] {
  return message.list("reason").flatMap((element) => {
    const semicolon = element.indexOf(";");
    const protocol = (semicolon < 0 ? element : element.substring(0, semicolon)).trim();
    try {
      const params = parseParams(semicolon < 0 ? "" : element.substring(semicolon));
      const cause = /^\d{1,5}$/.exec(params.get("cause") ?? "");
      const text = params.get("text") ?? undefined;
      return [{
        protocol,
        cause: cause === null ? undefined : Number(cause[0]),
        text: text?.replace(/^"(.*)"$/s, "$1").replace(/\\(.)/gs, "$1"),
      }];
    } catch (error) {
      refusalOf(error);
      return [];
    }
  });
}
