import { createHmac } from "node:crypto";

/** A message that the provider was asked to send. */
export interface SentMessage {
  to: string;
  text: string;
  /** Name and parameters of an approved template, sent instead of a text. */
  template: { name: string; parameters: string[] } | null;
  authorization: string | null;
  /** The cluster's epoch as the request says it; null when it does not. */
  epoch: number | null;
  /** The provider's id of it, and what is given back with each of its statuses. */
  id: string;
  callbackData: string | null;
  at: number;
}

/**
 * Stands in for the WhatsApp Cloud API, which no test machine holds: takes replies in its wire
 * format, and posts webhooks as the real one signs them.
 */
export class WhatsAppProvider implements AsyncDisposable {
  readonly sent: SentMessage[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #closed = Promise.withResolvers<void>();

  /** The asset it stands in for; set before anything is posted. */
  asset = { phoneNumberId: "", appSecret: "", webhookUrl: "" };

  /** @param told Hears of each message as it comes. */
  constructor(
    readonly hostname = "127.0.0.1",
    readonly told: (message: SentMessage) => void = () => {},
  ) {
    this.#server = Deno.serve(
      { hostname, port: 0, onListen: () => {} },
      (request) => this.#send(request),
    );
  }

  /** Value for an asset sender's `apiBase`. */
  get apiBase(): string {
    return `http://${this.host}/v23.0`;
  }

  /** "host:port" to be allowed by a cell's egress guard. */
  get host(): string {
    return `${this.hostname}:${this.#server.addr.port}`;
  }

  /** What it does with requests to send; it takes them unless told otherwise. */
  answer: (message: SentMessage) => "ok" | "silent" | number = () => "ok";

  /** The body of a webhook with one text message. */
  webhook(from: string, text: string, messageId = `wamid.${crypto.randomUUID()}`): string {
    return this.#webhook({
      contacts: [{ profile: { name: "Rosa Lind" }, wa_id: from }],
      messages: [{
        from,
        id: messageId,
        timestamp: String(Math.floor(Date.now() / 1000)),
        type: "text",
        text: { body: text },
      }],
    });
  }

  /** The body of a webhook that tells how far messages got. */
  statusWebhook(messages: SentMessage | readonly SentMessage[], status: string): string {
    return this.#webhook({
      statuses: [messages].flat().map(({ id, to, callbackData }) => ({
        id,
        status,
        timestamp: String(Math.floor(Date.now() / 1000)),
        recipient_id: to,
        ...callbackData === null ? {} : { biz_opaque_callback_data: callbackData },
      })),
    });
  }

  /** Posts a webhook body with the signature the provider would make, or another one. */
  async post(body: string, secret = this.asset.appSecret): Promise<Response> {
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    return await fetch(this.asset.webhookUrl, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-hub-signature-256": `sha256=${signature}`,
      },
      body,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.resolve();
    await this.#server.shutdown();
  }

  async #send(request: Request): Promise<Response> {
    const expected = `/v23.0/${this.asset.phoneNumberId}/messages`;
    if (request.method !== "POST" || new URL(request.url).pathname !== expected) {
      return Response.json({ error: { code: 100, message: "Unsupported request" } }, {
        status: 400,
      });
    }
    const body = await request.json();
    const epoch = request.headers.get("antiphon-epoch");
    const message: SentMessage = {
      to: body.to,
      text: body.text?.body,
      template: body.template
        ? {
          name: body.template.name,
          parameters: (body.template.components ?? [])
            .flatMap((it: { parameters: { text: string }[] }) => it.parameters)
            .map((it: { text: string }) => it.text),
        }
        : null,
      authorization: request.headers.get("authorization"),
      epoch: epoch === null ? null : Number(epoch),
      id: `wamid.sent.${crypto.randomUUID()}`,
      callbackData: body.biz_opaque_callback_data ?? null,
      at: Date.now(),
    };
    const answer = this.answer(message);
    if (typeof answer === "number") {
      return Response.json({ error: { code: 1, message: "Not now" } }, { status: answer });
    }
    this.sent.push(message);
    this.told(message);
    // It has taken the message, and whoever asked never hears of it.
    if (answer === "silent") await this.#closed.promise;
    return Response.json({
      messaging_product: "whatsapp",
      contacts: [{ input: body.to, wa_id: body.to }],
      messages: [{ id: message.id }],
    });
  }

  #webhook(value: object): string {
    return JSON.stringify({
      object: "whatsapp_business_account",
      entry: [{
        id: "102290129340398",
        changes: [{
          field: "messages",
          value: {
            messaging_product: "whatsapp",
            metadata: {
              display_phone_number: "496990010099",
              phone_number_id: this.asset.phoneNumberId,
            },
            ...value,
          },
        }],
      }],
    });
  }
}
