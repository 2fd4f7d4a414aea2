import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { PhoneAudio } from "../phone/phone_audio.ts";
import { makeOffer } from "../sip/sdp/make_offer.ts";
import { readSession } from "../sip/sdp/read_session.ts";
import { SipEndpoint } from "../sip/sip_endpoint.ts";
import { PopBench } from "./pop_bench.ts";
import { PopProcess } from "./pop_process.ts";
import { Watched } from "./watched.ts";

const FRAME = 160;

/** A call through a PoP of its own process, answered, by a phone that keeps all it hears. */
export async function listeningCall() {
  const bench = await PopBench.open();
  const pop = new PopProcess({ ...bench.environment(), LOG_LEVEL: "debug" });
  const ports = await pop.ready();
  const local = "127.0.1.1";
  const log = createLogger({ service: "phone", level: "error" });
  const sip = new SipEndpoint({
    listeners: [{ transport: "udp", hostname: local, port: 0 }],
    log,
    counters: new Counters(),
  });
  await sip.start();
  const seconds = new Watched<Int16Array>();
  const audio = new PhoneAudio({
    hostname: local,
    source: () => 0,
    onSecond: (samples) => seconds.push(samples.slice()),
  });
  const offer = makeOffer({
    ...{ address: local, port: audio.address.port, sessionId: "1", version: 1, codecs: ["PCMU"] },
  });
  const destination = { address: "127.0.0.1", port: ports.udp };
  const call = sip.invite({
    ...{ uri: `sip:+4969900100@127.0.0.1:${ports.udp}`, from: `sip:+4915100000@${local}` },
    ...{ sdp: offer, destination },
  });
  call.onAnswered = (sdp) => {
    const session = sdp === undefined ? null : readSession(sdp);
    if (!session?.ok) throw new Error("no session");
    const { address: hostname, port, codecs, telephoneEvent } = session.description.audio;
    audio.start({ remote: { hostname, port }, ...codecs[0], telephoneEvent });
  };
  const offered = await bench.cell.event("call.offered");
  await bench.cell.command(offered, { type: "answer" });
  await bench.cell.event("call.answered");
  return {
    ...{ bench, cell: bench.cell, pop, ports, offered },
    /** Samples heard so far. The PoP sends without a break, so that this is a clock too. */
    get heard(): number {
      return audio.statistics.received * FRAME;
    },
    type: (digits: string) => audio.send(digits),
    /** Waits until what was heard up to now has been kept, and gives it from a sample on. */
    async since(from: number): Promise<Int16Array> {
      const whole = Math.ceil(audio.statistics.received * FRAME / 8000);
      for (let i = 0; i < whole; i++) await seconds.first(() => true, `second ${i}`, i);
      const all = new Int16Array(seconds.items.length * 8000);
      seconds.items.forEach((second, i) => all.set(second, i * 8000));
      return all.subarray(from);
    },
    async [Symbol.asyncDispose]() {
      call.hangUp();
      await bench.cell.event("call.ended");
      audio.close();
      await sip.close();
      await pop.stop();
      await bench.close();
    },
  };
}
