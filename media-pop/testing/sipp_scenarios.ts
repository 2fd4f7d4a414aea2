const SDP = `v=0
o=carrier 53655765 2353687637 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio [media_port] RTP/AVP PAYLOADS
a=rtpmap:8 PCMA/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:9 G722/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=DIRECTION
`;

const request = (method: string, cseq: number, to = "[peer_tag_param]", sdp?: string) =>
  `<![CDATA[
${method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:+4915100000@[local_ip]>;tag=[pid]sipp[call_number]
To: <sip:[service]@[remote_ip]>${to}
Call-ID: [call_id]
CSeq: ${cseq} ${method}
Contact: <sip:carrier@[local_ip]:[local_port];transport=[transport]>
Max-Forwards: 70
${
    sdp === undefined ? "Content-Length: 0\n" : `Content-Type: application/sdp
Content-Length: [len]

${sdp}`
  }
]]>`;

const offer = (payloads = "8 0 101", direction = "sendrecv") =>
  SDP.replace("PAYLOADS", payloads).replace("DIRECTION", direction);
const scenario = (...steps: string[]) =>
  `<?xml version="1.0"?><scenario name="pop">${steps.join("\n")}</scenario>`;
const send = (text: string, retransmit = true) =>
  `<send${retransmit ? ' retrans="500"' : ""}>${text}</send>`;
const recv = (response: number, optional = false) =>
  `<recv response="${response}"${optional ? ' optional="true"' : ""} rtd="true"/>`;
const INVITE = send(request("INVITE", 1, "", offer()));
const ringing = [recv(100), recv(180)];
const ack = (cseq = 1) => send(request("ACK", cseq), false);

/** Calls, is answered, talks for `ms`, and hangs up. */
export const callerHangsUp = (ms: number) =>
  scenario(
    INVITE,
    ...ringing,
    recv(200),
    ack(),
    `<pause milliseconds="${ms}"/>`,
    send(request("BYE", 2)),
    recv(200),
  );

/** Calls, is answered, and is hung up on. */
export const platformHangsUp = () =>
  scenario(
    INVITE,
    ...ringing,
    recv(200),
    ack(),
    `<recv request="BYE"/>`,
    `<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>`,
  );

/** Calls and expects a refusal; rung before it or not. */
export const refused = (status: number, payloads?: string) =>
  scenario(
    send(request("INVITE", 1, "", offer(payloads))),
    recv(100, true),
    recv(180, true),
    recv(status),
    ack(),
  );

/** Calls and gives up while it rings. */
export const cancels = (ms: number) =>
  scenario(
    INVITE,
    ...ringing,
    `<pause milliseconds="${ms}"/>`,
    send(`<![CDATA[
CANCEL sip:[service]@[remote_ip]:[remote_port] SIP/2.0
[last_Via:]
[last_From:]
To: <sip:[service]@[remote_ip]>
Call-ID: [call_id]
CSeq: 1 CANCEL
Max-Forwards: 70
Content-Length: 0

]]>`),
    recv(200),
    recv(487),
    ack(),
  );

/** Calls, holds, resumes, offers what we do not speak, and hangs up. */
export const holds = () =>
  scenario(
    INVITE,
    ...ringing,
    recv(200),
    ack(),
    send(request("INVITE", 2, undefined, offer(undefined, "sendonly"))),
    recv(100, true),
    recv(200),
    ack(2),
    send(request("INVITE", 3, undefined, offer())),
    recv(100, true),
    recv(200),
    ack(3),
    send(request("INVITE", 4, undefined, offer("9"))),
    recv(100, true),
    recv(488),
    ack(4),
    send(request("BYE", 5)),
    recv(200),
  );
