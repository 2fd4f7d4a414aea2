import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { FakeWebSocket } from "../testing/fake_web_socket.ts";
import { sampleId } from "../testing/samples.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { Signalling, type SoftphoneEvent } from "./signalling.ts";

function bench() {
  const clock = new VirtualClock();
  const socket = new FakeWebSocket();
  const events: SoftphoneEvent[] = [];
  const closes: number[] = [];
  const signalling = new Signalling({
    socket,
    clock,
    onEvent: (event) => events.push(event),
    onClosed: (code) => closes.push(code),
  });
  return { clock, socket, events, closes, signalling };
}

Deno.test("signalling correlates answers with requests", async () => {
  const { socket, signalling } = bench();
  socket.open();
  await signalling.opened;
  const first = signalling.request({ method: "router-capabilities" });
  const second = signalling.request({ method: "create-transport", direction: "send" });
  const [a, b] = socket.sent;
  socket.say({ id: b?.id, ok: true, data: { n: 2 } });
  socket.say({ id: a?.id, ok: true, data: { n: 1 } });
  deepStrictEqual([await first, await second], [{ n: 1 }, { n: 2 }]);
  signalling.close();
});

Deno.test("signalling hands on a refusal with its code", async () => {
  const { socket, signalling } = bench();
  socket.open();
  const request = signalling.request({ method: "hello", accessToken: "x" });
  const problem = { type: "t", title: "t", status: 401, detail: "Old.", code: "token_expired" };
  socket.say({ id: socket.sent[0]?.id, ok: false, problem });
  await rejects(request, { code: "token_expired", message: "Old." });
  signalling.close();
});

Deno.test("signalling gives a request up at its deadline", async () => {
  const { clock, socket, signalling } = bench();
  socket.open();
  const request = rejects(signalling.request({ method: "router-capabilities" }), {
    code: "deadline_exceeded",
  });
  await clock.pass(8_000);
  await request;
  signalling.close();
  strictEqual(clock.pending, 0);
});

Deno.test("signalling refuses requests before it is open and after it closed", async () => {
  const { socket, signalling } = bench();
  await rejects(signalling.request({ method: "ping" }), { code: "unavailable" });
  socket.open();
  const waiting = rejects(signalling.request({ method: "ping" }), { code: "unavailable" });
  signalling.close();
  await waiting;
});

Deno.test("signalling gives up on a socket that does not open", async () => {
  const { clock, closes, signalling } = bench();
  const opened = rejects(signalling.opened, { code: "deadline_exceeded" });
  await clock.pass(10_000);
  await opened;
  deepStrictEqual(closes, [4000]);
});

Deno.test("signalling tells of events and of the socket's end once", async () => {
  const { clock, socket, events, closes } = bench();
  socket.open();
  socket.say({ event: "leg-joined", callId: sampleId(1), legId: sampleId(2) });
  strictEqual(events[0]?.event, "leg-joined");
  socket.close(4409);
  socket.close(4409);
  deepStrictEqual(closes, [4409]);
  await clock.pass(60_000);
  strictEqual(clock.pending, 0);
});

Deno.test("signalling ends on an answer that makes no sense", () => {
  const { socket, closes } = bench();
  socket.open();
  socket.say("nonsense");
  deepStrictEqual(closes, [4000]);
});

Deno.test("signalling pings and ends when no answer comes", async () => {
  const { clock, socket, closes } = bench();
  socket.open();
  await clock.pass(15_000);
  const [ping] = socket.sentOf("method", "ping");
  socket.say({ id: ping?.id, ok: true, data: {} });
  await clock.pass(15_000 + 8_000);
  strictEqual(socket.sentOf("method", "ping").length, 2);
  deepStrictEqual(closes, [4000]);
});
