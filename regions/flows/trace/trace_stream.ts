import type { FlowTraceStep } from "../../../protocol/flow/flow_trace_step.ts";
import type { StoredTraceItem } from "./stored_trace_item.ts";
import { behind } from "./read_trace.ts";
import type { TraceCursor } from "./trace_cursor.ts";

/** What a {@linkcode traceStream} needs. */
export interface TraceStreamPorts {
  /** Stored items behind a cursor, a page of them. */
  read: (after: TraceCursor, limit: number) => Promise<StoredTraceItem[]>;
  show: (item: StoredTraceItem) => FlowTraceStep;
  /** Whether the interaction's end is stored. */
  ended: () => Promise<boolean>;
  /** Calls `more` whenever there may be something new; returns how to stop that. */
  follow: (more: () => void) => () => void;
  timer: (ms: number, run: () => void) => () => void;
  /** Called once, with why it is over. */
  closed: (why: TraceStreamEnd) => void;
}

/** Why a stream ended: `slow` readers are dropped, and after `time` readers come again. */
export type TraceStreamEnd = "ended" | "left" | "slow" | "time" | "failed";

/** Items read at once, and bytes that may wait for the reader. */
const PAGE = 100;
const WAITING_BYTES = 64 << 10;

/** What a stream lasts and what it waits for, in milliseconds. */
export const TRACE_STREAM_MS = {
  /** A comment keeps the way open when nothing else is said. */
  heartbeat: 15_000,
  /** A reader who takes nothing for so long is dropped. */
  slow: 30_000,
  /** The longest stream; its reader comes again with `Last-Event-ID`. */
  most: 600_000,
} as const;

/**
 * An interaction's trace as server-sent events (HTML Living Standard section 9.2): what is stored
 * behind a cursor, then what comes, each once it is durable; `end` at the interaction's end. Nothing
 * is kept for a reader but the page being sent: what is new is read from the store when they are
 * ready for it.
 */
export function traceStream(
  ports: TraceStreamPorts,
  from: TraceCursor,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let cursor = from;
  let over = false;
  let news = true;
  let wake = () => {};
  let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  let cancelSlow = () => {};
  const say = (text: string) => controller.enqueue(encoder.encode(text));
  const stopFollowing = ports.follow(() => {
    news = true;
    wake();
  });
  const cancelMost = ports.timer(TRACE_STREAM_MS.most, () => end("time"));

  function end(why: TraceStreamEnd, error?: unknown): void {
    if (over) return;
    over = true;
    stopFollowing();
    cancelMost();
    cancelSlow();
    wake();
    if (why === "failed" || why === "slow") controller.error(error ?? new Error("Too slow"));
    else if (why !== "left") {
      if (why === "ended") say("event: end\ndata: {}\n\n");
      controller.close();
    }
    ports.closed(why);
  }

  /** Waits for news; false when it was quiet for a heartbeat's time. */
  function heard(): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = ports.timer(TRACE_STREAM_MS.heartbeat, () => resolve(false));
      wake = () => {
        cancel();
        resolve(true);
      };
    });
  }

  async function pull(): Promise<void> {
    cancelSlow();
    try {
      while (!over) {
        if (news) {
          news = false;
          // Asked first: what is stored once the end is stored is all there will be.
          const ended = await ports.ended();
          const items = await ports.read(cursor, PAGE);
          if (over) return;
          if (items.length > 0) {
            cursor = behind(items.at(-1)!);
            news = true;
            say(items.map((item) => eventOf(ports.show(item))).join(""));
            break;
          }
          if (ended) return end("ended");
          continue;
        }
        if (await heard()) continue;
        if (!over) say(": still here\n\n");
        break;
      }
    } catch (error) {
      end("failed", error);
    }
    if (!over) cancelSlow = ports.timer(TRACE_STREAM_MS.slow, () => end("slow"));
  }

  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(made) {
      controller = made;
      say(": trace\n\n");
    },
    pull,
    cancel: () => end("left"),
  }, new ByteLengthQueuingStrategy({ highWaterMark: WAITING_BYTES }));
}

function eventOf(step: FlowTraceStep): string {
  return `id: ${step.id}\nevent: step\ndata: ${JSON.stringify(step)}\n\n`;
}
