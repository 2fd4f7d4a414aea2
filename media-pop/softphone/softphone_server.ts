import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Counters } from "../../protocol/telemetry/counters.ts";
import { SOFTPHONE_LIMITS } from "./softphone_limits.ts";
import type { SoftphoneRegistry } from "./softphone_registry.ts";
import { SoftphoneSession, type SoftphoneSessionOptions } from "./softphone_session.ts";

/** What serving softphones needs. */
export interface SoftphoneServerOptions
  extends Pick<SoftphoneSessionOptions, "authenticate" | "openMedia" | "log" | "now"> {
  registry: SoftphoneRegistry;
  counters: Counters;
}

/**
 * Makes what upgrades `GET /softphone` to a WebSocket and runs a session on it. The function
 * throws `too_many_requests` past the limit of sockets.
 */
export function softphoneServer(options: SoftphoneServerOptions): (request: Request) => Response {
  const { registry, counters, log, ...rest } = options;
  let sockets = 0;
  return (request) => {
    if (sockets >= SOFTPHONE_LIMITS.sockets) {
      throw new AntiphonError("too_many_requests", "Try another point of presence");
    }
    const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 30 });
    let session: SoftphoneSession | null = null;
    sockets++;
    socket.onopen = () => {
      session = new SoftphoneSession({
        ...rest,
        log,
        send: (answer) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(answer));
        },
        close: (code, reason) => {
          if (socket.readyState === WebSocket.OPEN) socket.close(code, reason);
        },
        onRegistered: (registered) => {
          registry.add(registered);
          counters.set("antiphon_softphones", registry.size);
        },
        onClosed: (closed) => {
          registry.remove(closed);
          counters.set("antiphon_softphones", registry.size);
        },
      });
    };
    socket.onmessage = ({ data }) => {
      session?.receive(data).catch((error) => log.error("softphone.frame_failed", { error }));
    };
    socket.onerror = () => log.debug("softphone.socket_error");
    socket.onclose = ({ code }) => {
      sockets--;
      session?.end(code, "closed by the browser");
    };
    return response;
  };
}
