import type { Counters } from "../../protocol/telemetry/counters.ts";
import type { SoftphoneRegistry } from "./softphone_registry.ts";
import { SoftphoneSession, type SoftphoneSessionOptions } from "./softphone_session.ts";

/** What serving softphones needs. */
export interface ServeSoftphoneOptions
  extends Pick<SoftphoneSessionOptions, "authenticate" | "openMedia" | "log" | "now"> {
  registry: SoftphoneRegistry;
  counters: Counters;
}

/** Upgrades `GET /softphone` to a WebSocket and runs a session on it. */
export function serveSoftphone(request: Request, options: ServeSoftphoneOptions): Response {
  const { registry, counters, log, ...rest } = options;
  const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 30 });
  let session: SoftphoneSession | null = null;
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
  socket.onclose = ({ code }) => session?.end(code, "closed by the browser");
  return response;
}
