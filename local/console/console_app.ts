import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../protocol/errors/to_problem.ts";
import { PhoneNumber, RegionId } from "../../protocol/ids/names.ts";
import type { LocalState } from "../layout/local_state.ts";
import type { ProcessStatus } from "../processes/process_status.ts";
import type { CallDesk } from "./call_desk.ts";
import type { ClusterBoard } from "./cluster_board.ts";
import type { EventHub } from "./event_hub.ts";
import { isOwnRequest } from "./is_own_request.ts";
import { type MessageDesk, OutgoingText } from "./message_desk.ts";

/** What the console shows and does. */
export interface ConsoleParts {
  state: LocalState;
  dataFolder: string;
  processes: {
    readonly statuses: ProcessStatus[];
    kill(name: string): Promise<void>;
    start(name: string): Promise<void>;
  };
  hub: EventHub;
  calls: CallDesk;
  /** Absent where clusters have no standbys. */
  clusters: ClusterBoard | undefined;
  /** Absent without a demo tenant. */
  messages: MessageDesk | undefined;
  /** The port in the console's own address. */
  port: () => number;
  /** Told of what failed after its answer had gone out. */
  onError: (error: unknown) => void;
}

const PAGE = new URL("./page/", import.meta.url);
const FILES: Readonly<Record<string, [file: string, type: string]>> = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/console.css": ["console.css", "text/css; charset=utf-8"],
  "/console.js": ["console.js", "text/javascript; charset=utf-8"],
  "/clusters.js": ["clusters.js", "text/javascript; charset=utf-8"],
};
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
  "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const NewCall = z.object({
  to: PhoneNumber,
  digits: z.string().regex(/^[0-9*#]{0,8}$/),
  pop: z.enum(["FRA", "NYC"]),
  seconds: z.number().int().min(1).max(600).default(120),
});
const NewAction = z.object({ to: RegionId });
const NewMessage = z.object({ text: z.string().trim().min(1).max(4096) });

/** The console's page and the few things it can do, for its own page only. */
export function consoleApp(parts: ConsoleParts): Hono {
  const { state, calls, messages, hub, processes } = parts;
  const app = new Hono();
  app.use(async (c, next) => {
    if (!isOwnRequest(c.req.raw.headers, parts.port())) {
      throw new AntiphonError("forbidden", "Open the console by its own address");
    }
    c.header("content-security-policy", POLICY);
    c.header("x-content-type-options", "nosniff");
    c.header("referrer-policy", "no-referrer");
    c.header("cache-control", "no-store");
    await next();
  });
  app.use(bodyLimit({
    maxSize: 64 * 1024,
    onError: () => {
      throw new AntiphonError("payload_too_large", "Send at most 64 KB");
    },
  }));
  app.onError((error, c) => {
    const problem = toProblem(error);
    return c.json(problem, problem.status as ContentfulStatusCode, {
      "content-type": "application/problem+json",
    });
  });
  for (const [path, [file, type]] of Object.entries(FILES)) {
    app.get(path, async (c) => {
      return c.body(await Deno.readFile(new URL(file, PAGE)), 200, { "content-type": type });
    });
  }
  app.get(
    "/api/events",
    () =>
      hub.open([
        ["platform", platformView(state)],
        ["processes", processes.statuses],
        ["clusters", parts.clusters?.pictures ?? []],
        ["messages", messages?.messages ?? []],
      ]),
  );
  app.post("/api/calls", async (c) => {
    const { to, digits, pop, seconds } = NewCall.parse(await readJson(c));
    calls.place({ to, digits, seconds, sip: state.sip[pop], dataFolder: parts.dataFolder });
    return c.json({}, 202);
  });
  app.post("/api/calls/end", async (c) => {
    await calls.hangUp();
    return c.json({});
  });
  app.post("/api/processes/:name/:verb{kill|start}", async (c) => {
    const { name, verb } = c.req.param();
    await processes[verb as "kill" | "start"](name);
    return c.json({});
  });
  if (parts.clusters) addClusters(app, parts.clusters);
  if (messages) addMessages(app, messages, parts.onError);
  return app;
}

function addClusters(app: Hono, clusters: ClusterBoard): void {
  app.post("/api/clusters/:id/:action{rehearse|switch|drill}", async (c) => {
    const { id, action } = c.req.param();
    const { to } = NewAction.parse(await readJson(c));
    clusters.start(id, action as "rehearse" | "switch" | "drill", to);
    return c.json({}, 202);
  });
  app.get("/api/clusters/:id/history", async (c) => {
    return c.json({ lines: await clusters.history(c.req.param("id")) });
  });
}

function addMessages(app: Hono, messages: MessageDesk, onError: (error: unknown) => void): void {
  app.post("/api/messages", async (c) => {
    await messages.write(NewMessage.parse(await readJson(c)).text);
    return c.json({}, 202);
  });
  // The provider's own address: https://developers.facebook.com/docs/whatsapp/cloud-api
  app.post("/whatsapp/:version/:phoneNumberId/messages", async (c) => {
    const outgoing = OutgoingText.parse(await readJson(c));
    const answer = messages.take(outgoing);
    const { messages: [{ id }] } = answer;
    void messages.confirm(id, outgoing.biz_opaque_callback_data).catch(onError);
    return c.json(answer);
  });
}

/** What the page may know: not the partner's and the provider's secrets. */
function platformView(state: LocalState) {
  const { demo, ...addresses } = state;
  if (!demo) return { ...addresses, demo: null };
  const { slug, name, number, agents } = demo;
  return { ...addresses, demo: { slug, name, number, agents } };
}

async function readJson(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch (cause) {
    throw new AntiphonError("malformed_json", "Send JSON", { cause });
  }
}
