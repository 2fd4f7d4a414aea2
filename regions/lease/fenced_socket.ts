import type { LinkSocket } from "../pops/pop_link.ts";
import type { Lease } from "./lease.ts";

/** Code that a socket is closed with when its cell is not the active one (as HTTP's 421). */
export const NOT_ACTIVE = 4421;

/** A socket over which nothing goes once the lease does not hold: it is closed instead. */
export function fencedSocket(socket: LinkSocket, lease: Pick<Lease, "held">): LinkSocket {
  return {
    send(text) {
      if (lease.held) socket.send(text);
      else socket.close(NOT_ACTIVE, "not active");
    },
    close: (code, reason) => socket.close(code, reason),
  };
}
