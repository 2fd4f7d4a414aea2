import type { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import type { Channel } from "../../../protocol/ids/names.ts";

/** A flow to begin with. Queues and hours that it names are for whoever takes it to replace. */
export interface FlowTemplate {
  name: string;
  description: string;
  channels: readonly Channel[];
  document: FlowDocument;
}
