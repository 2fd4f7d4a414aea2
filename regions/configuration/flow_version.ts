import { createHash } from "node:crypto";
import type { FlowDocument } from "../../protocol/flow/flow_document.ts";
import { canonicalJson } from "../tenants/snapshot/canonical_json.ts";

/** A flow's version: a hash of its content, the same however its members are ordered. */
export function flowVersion(flow: FlowDocument): string {
  return createHash("sha256").update(canonicalJson(flow)).digest("hex").slice(0, 16);
}
