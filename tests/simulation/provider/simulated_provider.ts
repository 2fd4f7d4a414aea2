import type { StoredMessage } from "../log/tenant_log.ts";
import { Random } from "../random/random.ts";
import type { Surroundings } from "../world/surroundings.ts";

/** A channel's provider: brings messages to contacts, and is busy or refuses now and then. */
export class SimulatedProvider {
  readonly #random: Random;

  constructor(readonly world: Surroundings) {
    this.#random = new Random(world.plan.seed, "provider");
  }

  /** One attempt to send. */
  send(tenantId: string, contact: string, message: StoredMessage): "ok" | "busy" | "refused" {
    if (!this.world.calm && this.#random.chance(0.05)) return "busy";
    if (!this.world.calm && this.#random.chance(0.02)) return "refused";
    const { id: messageId, text } = message;
    this.world.fact({ type: "provider-send", tenantId, contact, messageId, text });
    this.world.contact(tenantId, contact)?.told(messageId);
    return "ok";
  }
}
