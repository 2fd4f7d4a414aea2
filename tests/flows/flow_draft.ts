import type { z } from "zod";
import type { FlowDocument } from "../../protocol/flow/flow_document.ts";

/** A flow as someone writes it, with what has a default left out. */
export type FlowDraft = z.input<typeof FlowDocument>;
