import { Random } from "../random/random.ts";
import type { Surroundings } from "../world/surroundings.ts";

/** Someone who writes: a first message, answers to some of what comes back, then silence. */
export class SimulatedContact {
  #sent = 0;
  #answers = 0;
  readonly #seen = new Set<string>();
  readonly #random: Random;

  constructor(
    readonly world: Surroundings,
    readonly tenantId: string,
    readonly assetId: string,
    readonly address: string,
  ) {
    this.#random = new Random(world.plan.seed, "contact", tenantId, address);
  }

  /** Writes, and is ready to answer so often. */
  write(answers: number): void {
    this.#answers += answers;
    this.#send();
  }

  /** A message has come. The provider may bring it twice. */
  told(messageId: string): void {
    if (this.#seen.has(messageId)) return;
    this.#seen.add(messageId);
    if (this.#answers === 0 || this.world.calm) return;
    this.#answers -= 1;
    this.world.queue.after(this.#random.between(2_000, 60_000), () => this.#send());
  }

  #send(): void {
    if (this.world.calm) return;
    this.#sent += 1;
    const providerMessageId = `in:${this.tenantId}:${this.address}:${this.#sent}`;
    const message = {
      assetId: this.assetId,
      contact: this.address,
      providerMessageId,
      text: `${this.tenantId} from ${this.address}`,
      sentAt: this.world.queue.now,
    };
    const inbox = this.world.edge.inbox(this.tenantId);
    inbox.take(message);
    // Providers repeat a webhook whose answer they did not get.
    if (this.#random.chance(0.15)) {
      this.world.queue.after(this.#random.between(100, 20_000), () => inbox.take(message));
    }
  }
}
