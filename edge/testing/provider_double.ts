import { createHmac } from "node:crypto";
import { STAGE } from "./stage_configuration.ts";

/** Sends webhooks as a provider does. */
export class ProviderDouble {
  constructor(readonly edgeUrl: string) {}

  /** Posts a body, signed with the asset's app secret unless another signature is given. */
  post(body: string | Uint8Array<ArrayBuffer>, change: {
    assetId?: string;
    signature?: string | null;
  } = {}): Promise<Response> {
    const { assetId = STAGE.assetId, signature = ProviderDouble.sign(body) } = change;
    return fetch(`${this.edgeUrl}/hooks/whatsapp/${assetId}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(signature === null ? {} : { "x-hub-signature-256": signature }),
      },
      body,
    });
  }

  /** Posts bodies one after the other. Returns the statuses. */
  async postAll(bodies: string[]): Promise<number[]> {
    const statuses: number[] = [];
    for (const body of bodies) {
      const response = await this.post(body);
      await response.body?.cancel();
      statuses.push(response.status);
    }
    return statuses;
  }

  static sign(body: string | Uint8Array, secret: string = STAGE.appSecret): string {
    return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  }
}
