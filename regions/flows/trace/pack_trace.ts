import type { TraceItem } from "./trace_item.ts";

/** An item of one decision as it is stored: without what its row, or the item before it, says. */
export type PackedTraceItem = Partial<Omit<TraceItem, "interactionId" | "at">>;

/** What most items have. */
const USUAL = {
  thread: 0,
  state: "done",
  input: null,
  output: {},
  hidden: [],
  next: null,
  waited: 0,
  error: null,
} as const;

/** Packs the items that one decision made for one interaction. O(items). */
export function packTrace(items: readonly TraceItem[]): PackedTraceItem[] {
  return items.map((item, i) => {
    const { step, activityId, activityType, flowId, version } = item;
    const before = items[i - 1];
    const packed: PackedTraceItem = { step, activityId, activityType };
    if (flowId !== before?.flowId) packed.flowId = flowId;
    if (version !== before?.version) packed.version = version;
    if (item.thread !== 0) packed.thread = item.thread;
    if (item.state !== "done") packed.state = item.state;
    if (item.input !== null) packed.input = item.input;
    for (const _ in item.output) {
      packed.output = item.output;
      break;
    }
    if (item.hidden.length > 0) packed.hidden = item.hidden;
    if (item.next !== null) packed.next = item.next;
    if (item.waited !== 0) packed.waited = item.waited;
    if (item.error !== null) packed.error = item.error;
    return packed;
  });
}

/** The items as they were. O(items). */
export function unpackTrace(
  packed: readonly PackedTraceItem[],
  row: { interactionId: string; at: number },
): TraceItem[] {
  let flow: { flowId?: string; version?: string } = {};
  return packed.map((item) => {
    const { flowId = flow.flowId, version = flow.version } = item;
    flow = { flowId, version };
    return { ...row, ...USUAL, ...item, ...flow } as TraceItem;
  });
}
