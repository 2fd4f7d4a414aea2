import { createHash } from "node:crypto";
import type { FlowDocument } from "../../protocol/flow/flow_document.ts";

/** A flow's version: a hash of its content, the same however its members are ordered. */
export function flowVersion(flow: FlowDocument): string {
  const text = JSON.stringify(flow, (_key, value) => isPlain(value) ? sorted(value) : value);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}
