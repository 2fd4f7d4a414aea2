import type { ParsedMessage } from "../message/parse_message.ts";
import type { SipListener } from "../transport/sip_flow.ts";
import type { MemoryNetwork } from "../transport/memory_network.ts";

/** A peer that sends any text and keeps what it gets: for what no sound user agent would do. */
export async function rawPeer(network: MemoryNetwork, hostname = "10.0.0.9") {
  const listener: SipListener = { transport: "udp", hostname, port: 5060 };
  const got: ParsedMessage[] = [];
  await network.transport([listener]).open((parsed) => got.push(parsed));
  return {
    listener,
    got,
    /** The statuses of the responses got so far. */
    statuses: () =>
      got.flatMap((parsed) => parsed.kind === "response" ? [parsed.message.status] : []),
    /** Sends lines joined by CRLF, with Content-Length if a body follows. */
    send: (to: SipListener, lines: string[], body = "") => {
      const all = [...lines, `Content-Length: ${body.length}`, "", body];
      network.inject(listener, to, new TextEncoder().encode(all.join("\r\n")));
    },
  };
}

/** The usual header lines of a request by the raw peer. */
export function rawRequest(method: string, options: {
  branch?: string;
  to?: string;
  from?: string;
  callId?: string;
  cseq?: string;
  via?: string;
  more?: string[];
} = {}): string[] {
  const { branch = "z9hG4bKraw", to = "<sip:b@10.0.0.2>", from = "<sip:raw@10.0.0.9>;tag=r" } =
    options;
  return [
    `${method} sip:b@10.0.0.2 SIP/2.0`,
    options.via ?? `Via: SIP/2.0/UDP 10.0.0.9:5060;branch=${branch}`,
    "Max-Forwards: 70",
    `From: ${from}`,
    `To: ${to}`,
    `Call-ID: ${options.callId ?? "raw-1"}`,
    `CSeq: ${options.cseq ?? "1"} ${method}`,
    "Contact: <sip:raw@10.0.0.9>",
    ...options.more ?? [],
  ];
}
