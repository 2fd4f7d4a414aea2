import type { DatagramAddress, DatagramHandler, DatagramSocket } from "./datagram_socket.ts";

const LARGEST = 2048;
const MOST_ERRORS_IN_A_ROW = 64;

/**
 * Opens a UDP socket on `Deno.listenDatagram` with one reused receive buffer. An error of one
 * datagram goes to `onError`; after 64 in a row the socket gives up.
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
  const { hostname, port } = socket.addr as Deno.NetAddr;
  return {
    address: { hostname, port },
    send: (packet, to) => {
      if (open) socket.send(packet, to as Deno.NetAddr).catch(failed);
    },
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
