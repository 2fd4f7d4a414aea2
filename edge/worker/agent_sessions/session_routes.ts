import type { Hono } from "hono";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { clientAddress } from "../http/client_address.ts";
import type { EdgeContext, EdgeHono } from "../http/context.ts";
import { requireAccess } from "../http/require_access.ts";
import { requireSameOrigin } from "../http/require_same_origin.ts";
import { Limiter } from "../limits/limiter.ts";
import { objectNamed } from "../storage/object_namespace.ts";
import { sessionName } from "./agent_session_calls.ts";
import { relaySession, type RelaySocket } from "./session_relay.ts";

/** New sockets from one address; a whole office may come back at once. */
const SOCKET_LIMIT = { capacity: 1_000, perSecond: 50 };

/** `GET /v1/session`: a desktop's WebSocket, joined to its agent's session object. */
export function sessionRoutes(app: Hono<EdgeHono>): void {
  app.get("/v1/session", async (c) => {
    requireSameOrigin(c.req.raw);
    if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
      throw new AntiphonError("invalid_request", "Open a WebSocket here");
    }
    const address = clientAddress(c.req.raw, c.env.ADDRESS_HEADER);
    await new Limiter(c.env.RATE_LIMIT).take({ key: `socket ${address}`, ...SOCKET_LIMIT });
    const [client, server] = Object.values(new WebSocketPair());
    server.accept();
    const { configuration, log } = c.var;
    relaySession(server as RelaySocket, {
      verify: async (token) => await requireAccess(token, await configuration.current()),
      open: ({ tenant, sub }) => openSession(c, sessionName(tenant, sub)),
      timer: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      log,
    });
    return new Response(null, { status: 101, webSocket: client });
  });
}

async function openSession(c: EdgeContext, name: string): Promise<RelaySocket> {
  const response = await objectNamed(c.env.AGENT_SESSION, name).fetch("https://session/", {
    headers: { upgrade: "websocket" },
  });
  const { webSocket } = response;
  if (!webSocket) throw new AntiphonError("unavailable", "The session did not open");
  webSocket.accept();
  return webSocket as RelaySocket;
}
