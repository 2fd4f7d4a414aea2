import { z } from "zod";

/** Where a reader of a trace stands: the id of the last item it has. */
export const TraceCursor = z.string().regex(/^\d{1,15}\.\d{1,6}$/, "the id of an item")
  .transform((id) => {
    const [seq, n] = id.split(".").map(Number);
    return { seq, n };
  });
export type TraceCursor = z.output<typeof TraceCursor>;

/** Before the first item. */
export const TRACE_START: TraceCursor = { seq: 0, n: 0 };
