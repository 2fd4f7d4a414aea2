/** What a SIPp caller does once its call is answered. */
export interface SippCall {
  /** Digit sent as RFC 4733 telephone-event, and how long after the answer, in ms. */
  digit?: { digit: string; afterMs: number };
  /** Hangs up this long after the answer, in ms; left out, it waits for the platform's BYE. */
  hangUpAfterMs?: number;
  /** Cancels this long after the INVITE instead of waiting for an answer, in ms. */
  cancelAfterMs?: number;
  /** Expects this refusal instead of an answer. */
  refusal?: number;
  /** A header that the refusal must carry. */
  refusalHeader?: string;
  /** Codec lines of the offer; G.711 A-law and telephone-event when left out. */
  codecs?: string;
  /** Raw A-law file that it speaks. */
  speech?: string;
}

const CODECS = "a=rtpmap:8 PCMA/8000\na=rtpmap:101 telephone-event/8000\na=fmtp:101 0-15";

/** Writes a SIPp scenario (https://sipp.readthedocs.io, version 3.6) of a caller. */
export function sippScenario(call: SippCall): string {
  const codecs = call.codecs ?? CODECS;
  const types = [...codecs.matchAll(/a=rtpmap:(\d+)/g)].map((match) => match[1]).join(" ");
  // SIPp insists that a timer which was started is stopped: only an answered call has them.
  const timed = call.refusal === undefined && call.cancelAfterMs === undefined;
  const parts = [
    timed ? '<nop start_rtd="answer"/>' : "",
    request(
      "INVITE",
      "1 INVITE",
      [
        "Contact: <sip:[service_caller]@[local_ip]:[local_port]>",
        "Content-Type: application/sdp",
      ],
      sdp(types, codecs),
      ` retrans="500"${timed ? ' start_rtd="ring"' : ""}`,
    ),
  ];
  if (call.refusal !== undefined) {
    parts.push(
      optional(100) + optional(180),
      `<recv response="${call.refusal}" timeout="10000">${present(call.refusalHeader)}</recv>`,
      ack(true),
    );
    return wrap(parts);
  }
  if (call.cancelAfterMs !== undefined) {
    parts.push(
      optional(100),
      '<recv response="180" timeout="10000"/>',
      `<pause milliseconds="${call.cancelAfterMs}"/>`,
      request("CANCEL", "1 CANCEL", [], "", ' retrans="500"', true),
      '<recv response="200" timeout="10000"/>',
      '<recv response="487" timeout="10000"/>',
      ack(true),
    );
    return wrap(parts);
  }
  parts.push(
    optional(100),
    '<recv response="180" optional="true" rtd="ring"/>',
    '<recv response="200" rtd="answer" rrs="true" timeout="15000"/>',
    ack(false),
  );
  if (call.speech) {
    parts.push(`<nop><action><exec rtp_stream="${call.speech},-1,8"/></action></nop>`);
  }
  if (call.digit) {
    const pcap = `/usr/share/sip-tester/dtmf_2833_${call.digit.digit}.pcap`;
    parts.push(
      `<pause milliseconds="${call.digit.afterMs}"/>`,
      `<nop><action><exec play_pcap_audio="${pcap}"/></action></nop>`,
    );
  }
  if (call.hangUpAfterMs === undefined) {
    parts.push('<recv request="BYE" timeout="120000"/>', answer());
  } else {
    parts.push(
      `<pause milliseconds="${call.hangUpAfterMs}"/>`,
      request("BYE", "2 BYE", [], "", ' retrans="500"'),
      '<recv response="200" timeout="10000"/>',
    );
  }
  return wrap(parts);
}

function wrap(parts: string[]): string {
  return `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="caller">\n${
    parts.join("\n")
  }\n</scenario>\n`;
}

function present(header: string | undefined): string {
  if (!header) return "";
  const check = `header="${header}:" check_it="true" assign_to="found"`;
  return `<action><ereg regexp=".+" search_in="hdr" ${check}/><log message="[$found]"/></action>`;
}

function optional(status: number): string {
  return `<recv response="${status}" optional="true"/>`;
}

function request(
  method: string,
  cseq: string,
  headers: string[],
  body: string,
  attributes: string,
  initial = method === "INVITE",
): string {
  const target = initial ? "sip:[service]@[remote_ip]:[remote_port]" : "[next_url]";
  const branch = method === "CANCEL" ? "[branch-2]" : "[branch]";
  return send(
    [
      `${method} ${target} SIP/2.0`,
      `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=${branch}`,
      "From: <sip:[service_caller]@[local_ip]:[local_port]>;tag=[pid]t[call_number]",
      `To: <sip:[service]@[remote_ip]:[remote_port]>${initial ? "" : "[peer_tag_param]"}`,
      "Call-ID: [call_id]",
      `CSeq: ${cseq}`,
      "Max-Forwards: 70",
      ...headers,
      "Content-Length: [len]",
    ],
    body,
    attributes,
  );
}

function ack(refused: boolean): string {
  return request("ACK", "1 ACK", [], "", "", refused).replace(
    "To: <sip:[service]@[remote_ip]:[remote_port]>\n",
    "To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]\n",
  );
}

function answer(): string {
  return send(
    [
      "SIP/2.0 200 OK",
      "[last_Via:]",
      "[last_From:]",
      "[last_To:]",
      "[last_Call-ID:]",
      "[last_CSeq:]",
      "Content-Length: 0",
    ],
    "",
    "",
  );
}

function send(lines: string[], body: string, attributes: string): string {
  return `<send${attributes}><![CDATA[\n\n${lines.join("\n")}\n\n${body}]]></send>`;
}

function sdp(types: string, codecs: string): string {
  return [
    "v=0",
    "o=carrier 1 1 IN IP[local_ip_type] [local_ip]",
    "s=-",
    "c=IN IP[media_ip_type] [media_ip]",
    "t=0 0",
    `m=audio [media_port] RTP/AVP ${types}`,
    codecs,
    "a=ptime:20",
    "a=sendrecv",
    "",
  ].join("\n");
}
