import type { Surroundings } from "../world/surroundings.ts";
import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** Nothing reaches a PoP, a desktop or a provider that is not in the log. */
export function effectsWereCommitted(world: Surroundings): Observer {
  const fail = (message: string) => {
    throw new Violation("effects-were-committed", message);
  };
  return {
    fact(fact) {
      switch (fact.type) {
        case "pop-command": {
          const log = world.log.tenants.get(fact.tenantId)!;
          const stored = log.commands.get(fact.commandId);
          if (!stored) return fail(`${fact.command.type} for ${fact.callId} was not`);
          if (JSON.stringify(stored) !== JSON.stringify(fact.command)) {
            fail(`${fact.commandId} is another command than was`);
          }
          return;
        }
        case "desktop-delivery": {
          const log = world.log.tenants.get(fact.tenantId)!;
          const [tenantId, seq, i] = fact.deliveryId.split(":");
          const effect = log.everyEffect.get(`${tenantId}:${seq}:${i}`);
          if (effect?.to !== "desktop") return fail(`${fact.event.type} was not`);
          if (effect.agentId !== fact.agentId) fail(`${fact.event.type} was for another agent`);
          return;
        }
        case "provider-send":
          if (!world.log.tenants.get(fact.tenantId)!.messages.has(fact.messageId)) {
            fail(`message ${fact.messageId} was not`);
          }
      }
    },
  };
}
