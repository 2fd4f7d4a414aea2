import { ASSET_ID, messageBody } from "./message_tenant.ts";
import { readJson } from "./read_json.ts";
import type { PatroniStand } from "./patroni_stand.ts";

const TIMEOUT_MS = 1_000;
const AGAIN_MS = 20;
const PAUSE_MS = 15;
/** How long what is under way at the end may take. */
const LAST_MS = 30_000;

/**
 * Contacts who write one message after the other, each repeated at both cells until one has taken
 * it, as the edge does. All of it stands in the stand's history.
 */
export class WebhookWriter {
  readonly #clients: Promise<void>[];
  #stopAt = Infinity;

  constructor(readonly stand: PatroniStand, clients = 4) {
    this.#clients = Array.from({ length: clients }, (_, i) => this.#write(`491511000${i}`));
  }

  /** Sends no more; resolves when what was sent is taken, or was given up. */
  async stop(): Promise<void> {
    this.#stopAt = performance.now();
    await Promise.all(this.#clients);
  }

  async #write(contact: string): Promise<void> {
    const { dataSites, parts, history } = this.stand;
    let at = 0;
    while (performance.now() < this.#stopAt) {
      const number = this.stand.nextMessage();
      const [id, text] = [`wamid.${contact}.${number}`, `Message ${number}`];
      const op = {
        client: contact,
        op: "webhook",
        id,
        conversation: contact,
        number,
        text,
      } as const;
      const delivery = JSON.stringify({
        deliveryId: crypto.randomUUID(),
        tenantId: parts.tenantId,
        assetId: ASSET_ID,
        channel: "whatsapp",
        receivedAt: Date.now(),
        body: messageBody(contact, id, text, Date.now()),
      });
      history.note({ kind: "op", ...op, phase: "invoke" });
      for (;;) {
        const why = await this.#deliver(dataSites[at].cellUrl, delivery);
        if (why === null) {
          history.note({ kind: "op", ...op, phase: "ok" });
          break;
        }
        at = 1 - at;
        if (performance.now() > this.#stopAt + LAST_MS) {
          history.note({ kind: "op", ...op, phase: "unknown", reason: why });
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  /** Why it was not taken; null when it was. */
  async #deliver(url: string, body: string): Promise<string | null> {
    try {
      const headers = {
        authorization: `Bearer ${await this.stand.parts.token()}`,
        "content-type": "application/json",
      };
      const request = { method: "POST", headers, body };
      const answer = await readJson(`${url}/internal/inbox`, request, TIMEOUT_MS);
      return answer.status === 200 ? null : String(answer.status);
    } catch (error) {
      return error instanceof Error ? error.name : String(error);
    }
  }
}
