import type { DatagramAddress, DatagramHandler, DatagramSocket } from "./datagram_socket.ts";

const LARGEST = 2048;
const MOST_ERRORS_IN_A_ROW = 64;
const MOST_WAITING = 32;

/**
 * Opens a UDP socket on `Deno.listenDatagram` with one reused receive buffer. An error of one
 * datagram goes to `onError`; after 64 in a row the socket gives up.
 *
 * A new socket is not yet known to be writable, so Deno parks its first sends and may run them in
 * any order, when their buffers are long used again. Until the first one is through, packets are
 * copied and wait in line; from then on a send is done when the call returns.
 */
export function openDenoSocket(
  local: DatagramAddress,
  onPacket: DatagramHandler,
  onError: (error: unknown) => void,
): DatagramSocket {
  const socket = Deno.listenDatagram({
    transport: "udp",
    hostname: local.hostname,
    port: local.port,
  });
  let open = true;
  const failed = (error: unknown) => {
    if (open) onError(error);
  };
  receiveAll(socket, () => open, onPacket, failed);
  const waiting: [Uint8Array, DatagramAddress][] = [];
  let state: "fresh" | "priming" | "primed" = "fresh";
  const sendNow = (packet: Uint8Array, to: DatagramAddress) =>
    socket.send(packet, to as Deno.NetAddr).then(undefined, failed);
  const prime = async (packet: Uint8Array, to: DatagramAddress) => {
    state = "priming";
    await sendNow(packet.slice(), to);
    state = "primed";
    for (const [next, address] of waiting.splice(0)) if (open) sendNow(next, address);
  };
  const send = (packet: Uint8Array, to: DatagramAddress) => {
    if (!open) return;
    if (state === "primed") sendNow(packet, to);
    else if (state === "fresh") prime(packet, to);
    else if (waiting.length < MOST_WAITING) waiting.push([packet.slice(), to]);
  };
  const { hostname, port } = socket.addr as Deno.NetAddr;
  return {
    address: { hostname, port },
    send,
    close: () => {
      if (!open) return;
      open = false;
      socket.close();
    },
  };
}

async function receiveAll(
  socket: Deno.DatagramConn,
  open: () => boolean,
  onPacket: DatagramHandler,
  onError: (error: unknown) => void,
): Promise<void> {
  const buffer = new Uint8Array(LARGEST);
  let errors = 0;
  while (open() && errors < MOST_ERRORS_IN_A_ROW) {
    try {
      const [packet, from] = await socket.receive(buffer);
      errors = 0;
      if (open()) onPacket(packet, from as Deno.NetAddr);
    } catch (error) {
      errors++;
      onError(error);
    }
  }
}
