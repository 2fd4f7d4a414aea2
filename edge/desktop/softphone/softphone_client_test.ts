import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import { FakeWebSocket } from "../testing/fake_web_socket.ts";
import { sampleId } from "../testing/samples.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import type { MediaLink } from "./media_link.ts";
import type { MicrophoneOutcome } from "./microphone.ts";
import { SoftphoneClient } from "./softphone_client.ts";
import { initialSoftphone, type SoftphoneState } from "./softphone_state.ts";

const URL = "ws://pop/softphone";

class FakeTrack {
  readyState = "live";
  onended: (() => void) | null = null;
  stop(): void {
    this.readyState = "ended";
  }
}

/** A PoP that answers everything, a microphone and media in the test's hand. */
function bench(microphones: MicrophoneOutcome[] = [], renewals: (string | null)[] = []) {
  const clock = new VirtualClock();
  const sockets: FakeWebSocket[] = [];
  const links: { sending: boolean; closed: boolean; lose: () => void }[] = [];
  const track = new FakeTrack();
  const remotes: boolean[] = [];
  let state: SoftphoneState = initialSoftphone;
  let asked = 0;
  let mediaFails = 0;
  const client = new SoftphoneClient({
    clock,
    random: () => 0.999,
    openSocket: (url) => {
      const socket = new FakeWebSocket(url);
      const send = socket.send.bind(socket);
      socket.send = (text) => {
        send(text);
        const { id } = JSON.parse(text);
        queueMicrotask(() => socket.say({ id, ok: true, data: {} }));
      };
      sockets.push(socket);
      queueMicrotask(() => socket.open());
      return socket;
    },
    acquireMicrophone: () => {
      asked++;
      const outcome = microphones.shift();
      return Promise.resolve(outcome ?? { ok: true, track: track as unknown as MediaStreamTrack });
    },
    openMediaLink: (_signalling, _track, onLost) => {
      if (mediaFails-- > 0) return Promise.reject(new Error("no media"));
      const link = { sending: false, closed: false, lose: onLost };
      links.push(link);
      const opened: MediaLink = {
        remote: {} as MediaStream,
        producerId: sampleId(7),
        setSending: (sending) => link.sending = sending,
        close: () => link.closed = true,
      };
      return Promise.resolve(opened);
    },
    accessToken: () => "token",
    renewToken: () => Promise.resolve(renewals.shift() ?? null),
    onRemote: (stream) => remotes.push(stream !== null),
    onState: (next) => state = next,
    log: createLogger({ service: "test", write: () => {} }),
  });
  const socket = () => sockets.at(-1) as FakeWebSocket;
  return {
    client,
    clock,
    track,
    sockets,
    socket,
    links,
    remotes,
    link: () => links.at(-1) as (typeof links)[number],
    status: () => state.status,
    state: () => state,
    asked: () => asked,
    failMedia: (times: number) => mediaFails = times,
    leg: (event: string, n = 1) =>
      socket().say({ event, callId: sampleId(n), legId: sampleId(n + 100) }),
  };
}

Deno.test("softphone asks for the microphone, says hello and is ready", async () => {
  const { client, clock, socket, status, link, remotes } = bench();
  const started = client.start(URL);
  strictEqual(status(), "asking");
  await clock.pass(0);
  await started;
  deepStrictEqual(socket().sent[0], { id: 1, method: "hello", accessToken: "token" });
  strictEqual(status(), "ready");
  strictEqual(link().sending, false);
  deepStrictEqual(remotes, [true]);
  client.stop();
});

Deno.test("softphone is heard only while a leg is joined and not muted", async () => {
  const { client, clock, socket, status, state, link, leg } = bench();
  await client.start(URL);
  client.setMuted(true);
  strictEqual(state().muted, false);
  leg("leg-joined");
  deepStrictEqual([status(), link().sending], ["in-call", true]);
  client.setMuted(true);
  deepStrictEqual([state().muted, link().sending], [true, false]);
  client.setMuted(false);
  strictEqual(link().sending, true);
  client.setMuted(true);
  leg("leg-left");
  deepStrictEqual([status(), link().sending, state().muted], ["ready", false, false]);
  await clock.pass(0);
  const told = socket().sent.map(({ method }) => method);
  deepStrictEqual(told, ["hello", "resume-producer", "pause-producer"]);
  client.stop();
});

Deno.test("softphone says why there is no microphone and tries again when asked", async () => {
  const { client, clock, status, sockets, asked } = bench([{ ok: false, reason: "refused" }]);
  await client.start(URL);
  strictEqual(status(), "refused");
  strictEqual(sockets.length, 0);
  client.retry();
  await clock.pass(0);
  strictEqual(status(), "ready");
  strictEqual(asked(), 2);
  client.stop();
});

Deno.test("softphone connects again after the socket is lost, with the same microphone", async () => {
  const { client, clock, socket, sockets, status, links, asked, leg } = bench();
  await client.start(URL);
  leg("leg-joined");
  socket().close(1006);
  strictEqual(status(), "lost");
  strictEqual(links[0]?.closed, true);
  await clock.pass(500);
  deepStrictEqual([status(), sockets.length, asked()], ["ready", 2, 1]);
  leg("leg-joined");
  strictEqual(status(), "in-call");
  client.stop();
});

Deno.test("softphone stays muted when a call's audio comes back, not in the next call", async () => {
  const { client, clock, socket, state, link, leg } = bench();
  await client.start(URL);
  leg("leg-joined");
  client.setMuted(true);
  socket().close(1006);
  await clock.pass(500);
  leg("leg-joined");
  deepStrictEqual([state().muted, link().sending], [true, false]);
  socket().close(1006);
  await clock.pass(500);
  client.callOver();
  leg("leg-joined", 2);
  deepStrictEqual([state().muted, link().sending], [false, true]);
  client.callOver();
  strictEqual(state().status, "in-call");
  client.stop();
});

Deno.test("softphone makes its transports again when media is lost", async () => {
  const { client, clock, socket, status, links } = bench();
  await client.start(URL);
  links[0]?.lose();
  strictEqual(status(), "lost");
  await clock.pass(500);
  strictEqual(status(), "ready");
  socket().say({ event: "transport-closed", transportId: sampleId(3) });
  strictEqual(status(), "lost");
  await clock.pass(500);
  strictEqual(status(), "ready");
  strictEqual(links.length, 3);
  client.stop();
});

Deno.test("softphone waits longer with every failure", async () => {
  const { client, clock, sockets, status, failMedia } = bench();
  failMedia(3);
  await client.start(URL);
  strictEqual(status(), "connecting");
  await clock.pass(500);
  strictEqual(sockets.length, 2);
  await clock.pass(999);
  strictEqual(sockets.length, 2);
  await clock.pass(1);
  strictEqual(sockets.length, 3);
  await clock.pass(2_000);
  strictEqual(status(), "ready");
  client.stop();
});

Deno.test("softphone gets a fresh token when its own is refused", async () => {
  const { client, clock, socket, sockets, status } = bench([], ["fresh"]);
  await client.start(URL);
  socket().close(4401);
  await clock.pass(500);
  deepStrictEqual([status(), sockets.length], ["ready", 2]);
  socket().close(4401);
  await clock.pass(10_000);
  deepStrictEqual([status(), sockets.length], ["off", 2]);
  client.stop();
});

Deno.test("softphone stays away once another window took over, until asked", async () => {
  const { client, clock, socket, sockets, status } = bench();
  await client.start(URL);
  socket().close(4409);
  await clock.pass(60_000);
  deepStrictEqual([status(), sockets.length], ["replaced", 1]);
  client.retry();
  await clock.pass(0);
  strictEqual(status(), "ready");
  client.stop();
});

Deno.test("softphone says when the microphone is unplugged", async () => {
  const { client, clock, track, status, links } = bench();
  await client.start(URL);
  track.readyState = "ended";
  track.onended?.();
  strictEqual(status(), "no-microphone");
  strictEqual(links[0]?.closed, true);
  await clock.pass(60_000);
  strictEqual(links.length, 1);
  client.stop();
});

Deno.test("softphone renews its token on the open socket and sends digits", async () => {
  const { client, clock, socket } = bench();
  await client.start(URL);
  client.renewed();
  await client.sendDigits("5#");
  await clock.pass(0);
  deepStrictEqual(socket().sent.map(({ method }) => method), ["hello", "hello", "send-digits"]);
  client.stop();
});

Deno.test("softphone lets go of everything when it stops", async () => {
  const { client, clock, track, socket, status, remotes } = bench();
  await client.start(URL);
  client.stop();
  deepStrictEqual([status(), track.readyState, socket().readyState], ["off", "ended", 3]);
  deepStrictEqual(remotes, [true, false]);
  strictEqual(clock.pending, 0);
});
