import assert from "node:assert/strict";
import { readSession } from "../sip/sdp/read_session.ts";
import { staticCodecs } from "./static_codecs.ts";

function codecsOf(payloads: string, ...lines: string[]) {
  const sdp = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0"];
  const media = `m=audio 4000 RTP/AVP ${payloads}`;
  const session = readSession([...sdp, media, ...lines, ""].join("\r\n"));
  return session.ok ? staticCodecs(session.description.audio) : null;
}

Deno.test("staticCodecs() keeps the offer's order and leaves renumbered laws out", () => {
  assert.deepEqual(codecsOf("0 8"), ["PCMU", "PCMA"]);
  assert.deepEqual(codecsOf("8 0"), ["PCMA", "PCMU"]);
  assert.deepEqual(codecsOf("97 0", "a=rtpmap:97 PCMA/8000"), ["PCMU"]);
  assert.deepEqual(codecsOf("97", "a=rtpmap:97 PCMA/8000"), []);
});
