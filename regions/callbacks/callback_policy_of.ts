import { CallbackPolicy } from "../../protocol/configuration/callback_policy.ts";
import type { ConfigurationIndex } from "../configuration/configuration_index.ts";

const USUAL = CallbackPolicy.parse({});

/** How contacts of a queue are called; the usual way where the queue is gone. */
export function callbackPolicyOf(
  configuration: ConfigurationIndex,
  queueId: string | undefined,
): CallbackPolicy {
  return configuration.queues.get(queueId ?? "")?.callback ?? USUAL;
}
