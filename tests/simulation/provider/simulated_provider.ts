import type { StoredMessage } from "../log/tenant_log.ts";
import { Random } from "../random/random.ts";
import type { Surroundings } from "../world/surroundings.ts";
import type { ProviderAnswer } from "./provider_answer.ts";

/**
 * A channel's provider: brings messages to contacts and tells what became of them, sometimes before
 * it answers; is busy, refuses or breaks now and then.
 */
export class SimulatedProvider {
  readonly #random: Random;

  constructor(readonly world: Surroundings) {
    this.#random = new Random(world.plan.seed, "provider");
  }

  /** One attempt to send. */
  send(tenantId: string, contact: string, message: StoredMessage): ProviderAnswer {
    const sometimes = (chance: number) => !this.world.calm && this.#random.chance(chance);
    if (sometimes(0.05)) return "busy";
    if (sometimes(0.02)) return "refused";
    const broken = sometimes(0.04);
    if (broken && this.#random.chance(0.5)) return "broken";
    const { id: messageId, text } = message;
    this.world.fact({ type: "provider-send", tenantId, contact, messageId, text });
    this.world.contact(tenantId, contact)?.told(messageId);
    // Not every provider tells, not always, and not always soon.
    const soon = this.#random.between(1, sometimes(0.2) ? 180_000 : 3_000);
    if (!sometimes(0.1)) this.#tell(tenantId, messageId, "sent", soon);
    if (!sometimes(0.3)) this.#tell(tenantId, messageId, "read", this.#random.between(1, 180_000));
    return broken ? "broken" : "ok";
  }

  #tell(tenantId: string, messageId: string, status: "sent" | "read", afterMs: number): void {
    const { edge, queue } = this.world;
    queue.after(afterMs, () => edge.inbox(tenantId).takeStatus({ messageId, status }));
  }
}
