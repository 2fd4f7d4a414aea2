const SDP = `v=0
o=called 1 VERSION IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio [media_port] RTP/AVP 0 101
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=DIRECTION
`;
const sdp = (version = 1, direction = "sendrecv") =>
  SDP.replace("VERSION", String(version)).replace("DIRECTION", direction);

const TAG = ";tag=[pid]called[call_number]";
const response = (status: string, cseq = "[last_CSeq:]", body = "") =>
  `<![CDATA[
SIP/2.0 ${status}
[last_Via:]
[last_From:]
[last_To:]${TAG}
[last_Call-ID:]
${cseq}
Contact: <sip:called@[local_ip]:[local_port]>
${
    body === ""
      ? "Content-Length: 0\n"
      : `Content-Type: application/sdp\nContent-Length: [len]\n\n${body}`
  }
]]>`;

/** Answers a request within the dialog, whose To has its tag already. */
const OK = `<send>${response("200 OK").replace(TAG, "")}</send>`;

const scenario = (...steps: string[]) =>
  `<?xml version="1.0"?><scenario name="called">${steps.join("\n")}</scenario>`;
const send = (text: string, more = "") => `<send${more}>${text}</send>`;
const recv = (request: string, more = "") => `<recv request="${request}"${more}></recv>`;
const INVITED = `<recv request="INVITE"><action>
<ereg regexp=".*" search_in="hdr" header="From:" assign_to="caller"/>
<ereg regexp=".*" search_in="hdr" header="To:" assign_to="callee"/>
<ereg regexp="sip:[^>;]*" search_in="hdr" header="Contact:" assign_to="target"/>
</action></recv>`;
const RINGING = send(response("180 Ringing"));

/** Rings, and answers just when it is cancelled: the answer crosses the CANCEL. */
export const answersWhenCancelled = () =>
  scenario(
    recv("INVITE"),
    RINGING,
    recv("CANCEL"),
    send(response("200 OK")),
    send(response("200 OK", "CSeq: 1 INVITE", sdp())),
    recv("ACK"),
    recv("BYE"),
    OK,
  );

const inside = (method: string, cseq: number, body = "") =>
  `<![CDATA[
${method} [$target] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: [$callee]${TAG}
To: [$caller]
[last_Call-ID:]
CSeq: ${cseq} ${method}
Contact: <sip:called@[local_ip]:[local_port]>
Max-Forwards: 70
${
    body === ""
      ? "Content-Length: 0\n"
      : `Content-Type: application/sdp\nContent-Length: [len]\n\n${body}`
  }
]]>`;

/** Answers, holds, resumes, and hangs up. */
export const holdsAndHangsUp = () =>
  scenario(
    INVITED,
    RINGING,
    send(response("200 OK", undefined, sdp())),
    recv("ACK"),
    send(inside("INVITE", 1, sdp(2, "sendonly")), ' retrans="500"'),
    '<recv response="100" optional="true"></recv>',
    '<recv response="200"></recv>',
    send(inside("ACK", 1)),
    send(inside("INVITE", 2, sdp(3)), ' retrans="500"'),
    '<recv response="100" optional="true"></recv>',
    '<recv response="200"></recv>',
    send(inside("ACK", 2)),
    send(inside("BYE", 3), ' retrans="500"'),
    '<recv response="200"></recv>',
  );

/** Refuses at once. */
export const refuses = (status: number) =>
  scenario(recv("INVITE"), send(response(`${status} Refused`)), recv("ACK"));

/** Rings, answers, and is hung up. */
export const answers = () =>
  scenario(
    recv("INVITE"),
    RINGING,
    send(response("200 OK", "[last_CSeq:]", sdp())),
    recv("ACK"),
    recv("BYE"),
    OK,
  );
