import { createMiddleware } from "hono/factory";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Cell } from "../cell/cell.ts";
import { EPOCH_HEADER } from "../lease/fence.ts";
import type { ApiEnv } from "./api_routes.ts";

/** What can be asked whatever this cell may do. */
const ALWAYS = new Set(["/health", "/metrics", "/internal/drain"]);
const READS = new Set(["GET", "HEAD"]);

/**
 * Middleware that takes requests only while this cell acts for its cluster, and answers with its
 * epoch. When the lease ends before the answer is out, nobody knows what another cell has decided
 * in the meantime: a reader may ask there, and whoever wanted a change hears that its outcome is
 * open. "Not active" always means that nothing was done.
 */
export function answerWhileActive(cell: Cell) {
  const { lease, epoch } = cell.options;
  return createMiddleware<ApiEnv>(async (c, next) => {
    if (ALWAYS.has(c.req.path)) return await next();
    const done = cell.takeRequest();
    try {
      await next();
    } finally {
      done();
    }
    if (lease.held) {
      // An upgraded connection's answer is out already.
      if (c.res.status !== 101) c.header(EPOCH_HEADER, String(epoch));
      return;
    }
    if (READS.has(c.req.method)) lease.check();
    throw new AntiphonError(
      "unavailable",
      "The cluster moved while this was carried out: look whether it was done, and ask again",
    );
  });
}
