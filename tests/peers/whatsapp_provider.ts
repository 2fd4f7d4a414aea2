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
  at: number;
}

/**
 * Stands in for the WhatsApp Cloud API, which no test machine holds: takes replies in its wire
 * format, and posts webhooks as the real one signs them.
 */
export class WhatsAppProvider implements AsyncDisposable {
  readonly sent: SentMessage[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  #messages = 0;

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

  /** The body of a webhook with one text message. */
  webhook(from: string, text: string, messageId = `wamid.${crypto.randomUUID()}`): string {
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
            contacts: [{ profile: { name: "Rosa Lind" }, wa_id: from }],
            messages: [{
              from,
              id: messageId,
              timestamp: String(Math.floor(Date.now() / 1000)),
              type: "text",
              text: { body: text },
            }],
          },
        }],
      }],
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
      at: Date.now(),
    };
    this.sent.push(message);
    this.told(message);
    this.#messages += 1;
    return Response.json({
      messaging_product: "whatsapp",
      contacts: [{ input: body.to, wa_id: body.to }],
      messages: [{ id: `wamid.sent.${this.#messages}` }],
    });
  }
}
