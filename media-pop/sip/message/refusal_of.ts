import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { Refusal } from "./refusal.ts";

/** Turns a grammar error into a refusal. Any other error is a defect and is rethrown. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof AntiphonError) || error.code !== "sip_malformed") throw error;
  return { status: Number(error.data.status ?? 400), reason: error.message };
}
