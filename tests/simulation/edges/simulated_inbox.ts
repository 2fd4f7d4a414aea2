import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { Random } from "../random/random.ts";
import type { Surroundings } from "../world/surroundings.ts";
import type { InboxDelivery, InboxMessage, InboxStatus } from "./inbox_delivery.ts";
import { ClusterClient } from "./cluster_client.ts";

/** One asset's webhooks: stored, then handed to the cluster in order until it has taken them. */
export class SimulatedInbox {
  readonly #waiting: InboxDelivery[] = [];
  readonly #client: ClusterClient;
  #running = false;
  #deliveries = 0;

  constructor(readonly world: Surroundings, readonly tenantId: string) {
    this.#client = new ClusterClient(world, new Random(world.plan.seed, "inbox", tenantId));
  }

  get pending(): number {
    return this.#waiting.length;
  }

  /** Stores a message; the provider has its 200 then. */
  take(message: Omit<InboxMessage, "kind">): void {
    const { tenantId } = this;
    const { providerMessageId } = message;
    this.world.fact({ type: "message-acknowledged", tenantId, providerMessageId });
    this.#keep({ kind: "message", ...message });
  }

  /** Stores what became of a message of ours. */
  takeStatus(status: Omit<InboxStatus, "kind">): void {
    const { tenantId } = this;
    this.world.fact({ type: "status-acknowledged", tenantId, messageId: status.messageId });
    this.#keep({ kind: "status", ...status });
  }

  #keep(webhook: InboxMessage | InboxStatus): void {
    this.#deliveries += 1;
    const { tenantId } = this;
    this.#waiting.push({ ...webhook, tenantId, deliveryId: `${tenantId}:${this.#deliveries}` });
    this.#run().catch((error) => this.world.caught(error));
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let attempts = 0; this.#waiting.length > 0;) {
      const [head] = this.#waiting;
      try {
        await this.#client.call(8_000, (cell) => cell.inbox(head));
        this.#waiting.shift();
        attempts = 0;
      } catch (error) {
        if (!(error instanceof AntiphonError)) throw error;
        attempts += 1;
        const wait = Math.min(250 * 2 ** attempts, 30_000);
        await new Promise<void>((resolve) => void this.world.queue.after(wait, resolve));
      }
    }
    this.#running = false;
  }
}
