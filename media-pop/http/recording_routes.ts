import { type Context, Hono } from "hono";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Uuid } from "../../protocol/ids/names.ts";
import type { RecordingRead } from "../recordings/read_recording.ts";
import { byteRange } from "./byte_range.ts";

/** What {@linkcode recordingRoutes} serves from. */
export interface RecordingRoutesParts {
  /** Lets the tenant's cell in, by its service token; throws for anybody else. */
  authenticate: (token: string, tenantId: string) => Promise<void>;
  read: (tenantId: string, recordingId: string) => Promise<RecordingRead>;
  remove: (tenantId: string, recordingId: string) => Promise<void>;
}

const Place = z.object({ tenantId: Uuid, recordingId: z.uuidv7() });

/** `GET` (with Range) and `DELETE /recordings/{tenantId}/{recordingId}`, for cells. */
export function recordingRoutes(parts: RecordingRoutesParts): Hono {
  const app = new Hono();
  const path = "/recordings/:tenantId/:recordingId";
  app.get(path, async (c) => {
    const { tenantId, recordingId } = await place(c);
    const { length, stream } = await parts.read(tenantId, recordingId);
    const range = byteRange(c.req.header("range"), length);
    const { from, to } = range ?? { from: 0, to: length };
    return new Response(c.req.method === "HEAD" ? null : stream(from, to), {
      status: range ? 206 : 200,
      headers: {
        "content-type": "audio/wav",
        "accept-ranges": "bytes",
        "cache-control": "no-store",
        "content-length": String(to - from),
        ...(range ? { "content-range": `bytes ${from}-${to - 1}/${length}` } : {}),
      },
    });
  });
  app.delete(path, async (c) => {
    const { tenantId, recordingId } = await place(c);
    await parts.remove(tenantId, recordingId);
    return c.body(null, 204);
  });

  async function place(c: Context): Promise<z.infer<typeof Place>> {
    const { tenantId, recordingId } = Place.parse(c.req.param());
    const match = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(c.req.header("authorization") ?? "");
    if (!match) throw new AntiphonError("unauthenticated", "Send a service token");
    await parts.authenticate(match[1], tenantId);
    return { tenantId, recordingId };
  }
  return app;
}
