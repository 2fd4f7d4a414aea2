import type { CallbackView } from "../../../protocol/agent_session/agent_view.ts";
import { clockTime } from "./clock_time.ts";

/** Why the platform calls someone: since when they wait for it, and how often it has tried. */
export function callbackText({ askedAt, attempts, lastCause }: CallbackView): string {
  const asked = `To be called since ${clockTime()(askedAt)}`;
  if (attempts === 0) return asked;
  const before = lastCause === null ? "" : `, last: ${lastCause.replaceAll("-", " ")}`;
  return `${asked} · ${attempts === 1 ? "1 call" : `${attempts} calls`} so far${before}`;
}
