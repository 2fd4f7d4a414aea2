import assert from "node:assert/strict";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { answerOffer } from "./sdp/answer_offer.ts";
import { makeOffer } from "./sdp/make_offer.ts";
import { SipEndpoint } from "./sip_endpoint.ts";
import type { SipTransportName } from "./transport/sip_flow.ts";

const found = await new Deno.Command("sh", { args: ["-c", "command -v sipp"], stdout: "null" })
  .output();
const ignore = !found.success;
const why = ignore ? " (skipped: sipp is not installed)" : "";
const CALLS = 40;

/** A free port of the loopback, for sipp's media. */
function freePort(): number {
  const socket = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  const { port } = socket.addr as Deno.NetAddr;
  socket.close();
  return port;
}

async function sipp(...args: string[]): Promise<{ success: boolean; text: string }> {
  const folder = await Deno.makeTempDir();
  try {
    const media = String(freePort() & ~1);
    const { success, stdout, stderr } = await new Deno.Command("timeout", {
      args: ["60", "sipp", ...args, "-i", "127.0.0.1", "-mp", media, "-nostdin"],
      cwd: folder,
      env: { TERM: "xterm" },
      stdout: "piped",
      stderr: "piped",
    }).output();
    const text = new TextDecoder().decode(stdout).slice(-3000) + new TextDecoder().decode(stderr);
    return { success, text };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function endpointOn(transport: SipTransportName) {
  const counters = new Counters();
  const errors: string[] = [];
  const endpoint = new SipEndpoint({
    listeners: [{ transport, hostname: "127.0.0.1", port: 0 }],
    log: createLogger({ service: "test", write: (line) => errors.push(line) }),
    counters,
  });
  await endpoint.start();
  return { endpoint, counters, errors, port: endpoint.listeners[0].port };
}

const WAYS: [string, SipTransportName, string[]][] = [
  ["UDP", "udp", ["-t", "u1"]],
  ["TCP", "tcp", ["-t", "t1"]],
];

for (const [way, transport, args] of WAYS) {
  Deno.test({ name: `sipp calls the endpoint over ${way}${why}`, ignore }, async () => {
    const { endpoint, counters, errors, port } = await endpointOn(transport);
    let acked = 0;
    const endings: string[] = [];
    endpoint.onInvite = (call) => {
      const local = { address: "127.0.0.1", port: 40_000, sessionId: "1", version: 1 };
      const answer = answerOffer(call.offer ?? "", local);
      if (!answer.ok) return call.reject(answer.refusal.status);
      call.onAck = () => acked++;
      call.onEnded = ({ kind }) => endings.push(kind);
      call.ringing();
      call.accept(answer.sdp);
    };
    try {
      const rate = ["-m", String(CALLS), "-r", "40", "-d", "50", "-p", String(freePort())];
      const peer = await sipp("-sn", "uac", `127.0.0.1:${port}`, ...args, ...rate);
      assert.ok(peer.success, peer.text);
      assert.equal(acked, CALLS);
      assert.deepEqual(endings, Array(CALLS).fill("remote_bye"));
      assert.equal(counters.get("sip_calls_answered_total"), CALLS);
      assert.deepEqual(errors, []);
    } finally {
      await endpoint.close();
    }
  });
}

Deno.test({ name: `the endpoint calls sipp over UDP${why}`, ignore }, async () => {
  const { endpoint, errors } = await endpointOn("udp");
  const port = freePort();
  const peer = sipp("-sn", "uas", "-p", String(port), "-m", String(CALLS));
  try {
    const sdp = makeOffer({ address: "127.0.0.1", port: 40_000, sessionId: "1", version: 1 });
    const calls = Array.from({ length: CALLS }, () => {
      const uri = `sip:service@127.0.0.1:${port}`;
      const call = endpoint.invite({ uri, from: "sip:a@127.0.0.1", sdp });
      return new Promise<string>((resolve) => {
        call.onAnswered = () => call.hangUp();
        call.onEnded = ({ kind }) => resolve(kind);
      });
    });
    assert.deepEqual(await Promise.all(calls), Array(CALLS).fill("local_bye"));
    const { success, text } = await peer;
    assert.ok(success, text);
    assert.deepEqual(errors, []);
  } finally {
    await peer;
    await endpoint.close();
  }
});
