import { ASSET_ID, messageBody } from "./message_tenant.ts";
import { readJson } from "./read_json.ts";
import type { History } from "../history/history.ts";

/** A site that stands still takes connections and says nothing. */
const TIMEOUT_MS = 500;
const AGAIN_MS = 20;
const PAUSE_MS = 15;
/** How long what is under way at the end may take. */
const LAST_MS = 30_000;

/** What a {@linkcode WebhookWriter} works with. */
export interface WebhookWriterPorts {
  history: History;
  tenantId: string;
  /** Origins of cells, each tried in its turn. */
  cells: readonly string[];
  /** Telephone numbers of those who write. */
  contacts: readonly string[];
  /** Another number for a message, the same never again. */
  nextMessage: () => number;
  /** Makes the edge's token for the cell. */
  token: () => Promise<string>;
}

/**
 * Contacts who write one message after the other, each repeated at both cells until one has taken
 * it, as the edge does. All of it stands in the history.
 */
export class WebhookWriter {
  readonly #clients: Promise<void>[];
  #stopAt = Infinity;

  constructor(readonly ports: WebhookWriterPorts) {
    this.#clients = ports.contacts.map((contact) => this.#write(contact));
  }

  /** Sends no more; resolves when what was sent is taken, or was given up. */
  async stop(): Promise<void> {
    this.#stopAt = performance.now();
    await Promise.all(this.#clients);
  }

  async #write(contact: string): Promise<void> {
    const { cells, tenantId, history, nextMessage } = this.ports;
    let at = 0;
    while (performance.now() < this.#stopAt) {
      const number = nextMessage();
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
        deliveries: [{
          deliveryId: crypto.randomUUID(),
          tenantId,
          assetId: ASSET_ID,
          channel: "whatsapp",
          receivedAt: Date.now(),
          body: messageBody(contact, id, text, Date.now()),
        }],
      });
      history.note({ kind: "op", ...op, phase: "invoke" });
      for (;;) {
        const why = await this.#deliver(cells[at], delivery);
        if (why === null) {
          history.note({ kind: "op", ...op, phase: "ok" });
          break;
        }
        at = (at + 1) % cells.length;
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
        authorization: `Bearer ${await this.ports.token()}`,
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
