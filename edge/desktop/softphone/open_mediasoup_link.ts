import { Device } from "mediasoup-client";
import type { Consumer, Producer, RtpCapabilities, Transport } from "mediasoup-client/types";
import { z } from "zod";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { Clock } from "../time/clock.ts";
import type { MediaLink, OpenMediaLink } from "./media_link.ts";
import type { Signalling } from "./signalling.ts";
import { SOFTPHONE_TIMES } from "./softphone_times.ts";

type TransportOptions = Parameters<Device["createSendTransport"]>[0];
type ConsumerOptions = Parameters<Transport["consume"]>[0];

const TransportAnswer = z.looseObject({
  id: z.string(),
  iceParameters: z.looseObject({ usernameFragment: z.string(), password: z.string() }),
  iceCandidates: z.array(z.looseObject({ ip: z.string(), port: z.number() })).min(1),
  dtlsParameters: z.looseObject({ fingerprints: z.array(z.looseObject({})).min(1) }),
});
const ConsumerAnswer = z.looseObject({
  id: z.string(),
  producerId: z.string(),
  kind: z.literal("audio"),
  rtpParameters: z.looseObject({}),
});
const Identified = z.looseObject({ id: z.string() });

/** Makes the link with mediasoup-client: one transport to send and one to receive. */
export function openMediasoupLink(clock: Clock): OpenMediaLink {
  return async (signalling, track, onLost) => {
    const device = await Device.factory();
    const capabilities = await signalling.request({ method: "router-capabilities" });
    await device.load({ routerRtpCapabilities: capabilities as unknown as RtpCapabilities });
    const send = await makeTransport(device, signalling, "send");
    const recv = await makeTransport(device, signalling, "recv").catch((error) => {
      send.close();
      throw error;
    });
    const close = () => {
      send.close();
      recv.close();
    };
    try {
      track.enabled = false;
      const producer = await send.produce({ track, stopTracks: false });
      await signalling.request({ method: "pause-producer", producerId: producer.id });
      const consumer = await consume(device, recv, signalling);
      await Promise.all([connected(send, clock), connected(recv, clock)]);
      watch([send, recv], clock, onLost);
      return link(producer, consumer, close);
    } catch (error) {
      close();
      throw error;
    }
  };
}

function link(producer: Producer, consumer: Consumer, close: () => void): MediaLink {
  return {
    remote: new MediaStream([consumer.track]),
    producerId: producer.id,
    setSending: (sending) => sending ? producer.resume() : producer.pause(),
    close,
  };
}

async function makeTransport(
  device: Device,
  signalling: Signalling,
  direction: "send" | "recv",
): Promise<Transport> {
  const answer = TransportAnswer.parse(
    await signalling.request({ method: "create-transport", direction }),
  ) as unknown as TransportOptions;
  const transport = direction === "send"
    ? device.createSendTransport(answer)
    : device.createRecvTransport(answer);
  const transportId = transport.id;
  transport.on("connect", ({ dtlsParameters }, done, fail) => {
    signalling.request({ method: "connect-transport", transportId, dtlsParameters })
      .then(() => done(), fail);
  });
  transport.on("produce", ({ rtpParameters }, done, fail) => {
    const parameters = rtpParameters as unknown as Record<string, unknown>;
    signalling.request({
      method: "produce",
      transportId,
      kind: "audio",
      rtpParameters: parameters,
    }).then((data) => done({ id: Identified.parse(data).id }), fail).catch(fail);
  });
  return transport;
}

async function consume(device: Device, recv: Transport, signalling: Signalling): Promise<Consumer> {
  const data = await signalling.request({
    method: "consume",
    transportId: recv.id,
    rtpCapabilities: device.recvRtpCapabilities as unknown as Record<string, unknown>,
  });
  return recv.consume(ConsumerAnswer.parse(data) as unknown as ConsumerOptions);
}

function connected(transport: Transport, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (transport.connectionState === "connected") settle();
      else if (transport.connectionState === "failed" || transport.closed) settle("failed");
    };
    const settle = (why?: string) => {
      cancel();
      transport.off("connectionstatechange", look);
      if (!why) return resolve();
      reject(new AntiphonError("media_unavailable", `The ${transport.direction} transport ${why}`));
    };
    const cancel = clock.after(SOFTPHONE_TIMES.media, () => settle("was not connected in time"));
    transport.on("connectionstatechange", look);
    look();
  });
}

function watch(transports: Transport[], clock: Clock, onLost: () => void): void {
  let told = false;
  const lose = () => {
    if (told) return;
    told = true;
    onLost();
  };
  for (const transport of transports) {
    let cancel: (() => void) | null = null;
    transport.on("connectionstatechange", (state) => {
      cancel?.();
      cancel = null;
      if (state === "failed") lose();
      if (state === "disconnected") cancel = clock.after(SOFTPHONE_TIMES.disconnected, lose);
    });
    transport.observer.on("close", () => cancel?.());
  }
}
