import type { TraceItem } from "./trace_item.ts";

/** An item with its place in its interaction's trace. */
export interface StoredTraceItem {
  /** The number of the decision's first event, and the item's among those of that decision. */
  id: string;
  item: TraceItem;
}
