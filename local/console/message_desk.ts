import { createHmac } from "node:crypto";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { DemoTenant } from "../seed/demo_tenant.ts";
import { messageWebhook, statusWebhook } from "./whatsapp_webhook_bodies.ts";

/** What a cell asks the provider to send. */
export const OutgoingText = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  to: z.string(),
  type: z.literal("text"),
  text: z.looseObject({ body: z.string().max(16_384) }),
  /** Given back with each status of the message. */
  biz_opaque_callback_data: z.string().max(512).optional(),
});
export type OutgoingText = z.infer<typeof OutgoingText>;

/** A message of the console's conversation. */
export interface ConsoleMessage {
  id: string;
  /** By the person outside, or by the contact centre. */
  by: "contact" | "centre";
  text: string;
  at: number;
}

/** Messages that a page opened later still sees. */
const KEPT = 100;
const TIMEOUT_MS = 10_000;

/**
 * Plays a person who writes by WhatsApp, and the provider in between: signs and posts webhooks to
 * the edge, takes the replies, and tells that they were delivered.
 */
export class MessageDesk {
  readonly messages: ConsoleMessage[] = [];
  readonly #whatsapp: DemoTenant["whatsapp"];
  readonly #webhookUrl: string;
  readonly #tell: (message: ConsoleMessage) => void;

  constructor(
    edgeUrl: string,
    whatsapp: DemoTenant["whatsapp"],
    tell: (message: ConsoleMessage) => void,
  ) {
    this.#whatsapp = whatsapp;
    this.#webhookUrl = `${edgeUrl}${whatsapp.webhookPath}`;
    this.#tell = tell;
  }

  /**
   * Writes to the contact centre.
   * @throws AntiphonError `provider_refused` when the edge did not take the webhook
   */
  async write(text: string): Promise<void> {
    const message = { id: `wamid.${crypto.randomUUID()}`, text, at: Date.now() };
    await this.#post(messageWebhook(this.#whatsapp.phoneNumberId, message));
    this.#keep({ ...message, by: "contact" });
  }

  /** Takes a reply as the provider's API does; gives its answer. */
  take(outgoing: OutgoingText): { messages: [{ id: string }] } & Record<string, unknown> {
    const id = `wamid.${crypto.randomUUID()}`;
    this.#keep({ id, by: "centre", text: outgoing.text.body, at: Date.now() });
    return {
      messaging_product: "whatsapp",
      contacts: [{ input: outgoing.to, wa_id: outgoing.to }],
      messages: [{ id }],
    };
  }

  /**
   * Tells the edge that a reply was sent and delivered.
   *
   * @param callbackData What its request said is to be given back.
   */
  async confirm(id: string, callbackData?: string): Promise<void> {
    for (const status of ["sent", "delivered"] as const) {
      await this.#post(
        statusWebhook(this.#whatsapp.phoneNumberId, { id, status, at: Date.now(), callbackData }),
      );
    }
  }

  async #post(value: unknown): Promise<void> {
    const body = JSON.stringify(value);
    const signature = createHmac("sha256", this.#whatsapp.appSecret).update(body).digest("hex");
    let response: Response;
    try {
      response = await fetch(this.#webhookUrl, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-hub-signature-256": `sha256=${signature}`,
        },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (cause) {
      throw new AntiphonError("unavailable", "The edge does not answer: is it running?", { cause });
    }
    await response.body?.cancel();
    if (response.ok) return;
    throw new AntiphonError("provider_refused", `The edge answered ${response.status}`);
  }

  #keep(message: ConsoleMessage): void {
    this.messages.push(message);
    if (this.messages.length > KEPT) this.messages.shift();
    this.#tell(message);
  }
}
