import { Hono } from "hono";
import { upgradeWebSocket } from "hono/deno";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../protocol/errors/to_problem.ts";
import type { LinkSocket } from "../pops/pop_link.ts";
import type { StandbyStatus } from "./standby_status.ts";

/** What {@linkcode standbyApi} needs. */
export interface StandbyApiPorts {
  status: () => StandbyStatus;
  metrics: () => string;
  /** Who is active, signed; null when it is not known, or nobody else. */
  notice: () => Promise<string | null>;
  /** Takes a PoP's socket in. The caller hands it every text frame and its closing. */
  acceptPop: (socket: LinkSocket) => { receive: (text: string) => void; closed: () => void };
}

/** The HTTP interface of a cell that is not the active one: it says who is. */
export function standbyApi(ports: StandbyApiPorts): Hono {
  const app = new Hono();
  app.get("/health", (c) => c.json(ports.status()));
  app.get("/metrics", (c) => c.text(ports.metrics()));
  app.get(
    "/internal/pop-link",
    upgradeWebSocket(() => {
      let link: ReturnType<StandbyApiPorts["acceptPop"]>;
      return {
        onOpen: (_, socket) => link = ports.acceptPop(socket),
        onMessage: (event) => {
          if (typeof event.data === "string") link.receive(event.data);
        },
        onClose: () => link.closed(),
        onError: () => link.closed(),
      };
    }),
  );
  app.all("*", async (c) => {
    const notice = await ports.notice();
    const error = new AntiphonError(
      "not_active",
      "This cell does not act for its cluster now: ask the cluster's other address",
      { data: notice === null ? {} : { notice } },
    );
    return c.body(JSON.stringify(toProblem(error, c.req.path)), 421, {
      "content-type": "application/problem+json",
    });
  });
  return app;
}
