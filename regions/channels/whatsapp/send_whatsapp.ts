import { z } from "zod";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { OutgoingAnswer, OutgoingHttp } from "../../egress/outgoing_http.ts";
import { wasSent } from "../../egress/was_sent.ts";
import type { MessageTemplate } from "../../messages/message_template.ts";

/** Where and as whom to send. */
export interface WhatsAppSender {
  apiBase: string;
  phoneNumberId: string;
  accessToken: string;
}

/** What is sent: free text within 24 hours of the contact's last message, else a template. */
export type WhatsAppContent = { text: string } | { template: MessageTemplate };

/** One message on its way out. */
export interface WhatsAppRequest {
  to: string;
  content: WhatsAppContent;
  /** Our id of it: the provider names it in every status of the message. */
  messageId: string;
  /** Whose connections are used. */
  tenantId: string;
}

const Answer = z.looseObject({ messages: z.array(z.looseObject({ id: z.string() })).min(1) });
const Refusal = z.looseObject({ error: z.looseObject({ code: z.number() }) });
const TIMES = { connectMs: 5_000, firstByteMs: 15_000, totalMs: 15_000 };

/** Statuses that mean "not now": the request was not carried out (RFC 9110 sections 15.5.9, 15.6.4). */
const NOT_NOW: ReadonlySet<number> = new Set([408, 425, 429, 503]);

/**
 * Error codes of the Cloud API that say that nothing was sent and a later attempt may do: too many
 * calls or messages (4, 80007, 130429, 131056), a service that is away (2, 131016, 133004), "message
 * failed to send" for no known reason (131000).
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
const LATER: ReadonlySet<number> = new Set([2, 4, 80007, 130429, 131000, 131016, 131056, 133004]);

/**
 * Sends one message through the WhatsApp Cloud API and returns the provider's message id. Each
 * request has a connection of its own: one that was kept may be closed under it, and then nobody
 * knows whether it was heard.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 * @throws AntiphonError `provider_refused` when it will never be taken, `egress_refused`,
 * `unavailable` when it was not taken and trying again may help, `outcome_unknown` when it may or
 * may not have been, `not_active` when this cell may not act any more
 */
export async function sendWhatsApp(
  http: Pick<OutgoingHttp, "exchange">,
  sender: WhatsAppSender,
  request: WhatsAppRequest,
  signal: AbortSignal,
): Promise<string> {
  const url = URL.parse(`${sender.apiBase.replace(/\/+$/, "")}/${sender.phoneNumberId}/messages`);
  if (!url) throw new AntiphonError("provider_refused", "The asset's apiBase is no address");
  const body = new TextEncoder().encode(JSON.stringify({
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to: request.to,
    biz_opaque_callback_data: request.messageId,
    ...bodyOf(request.content),
  }));
  const headers = {
    authorization: `Bearer ${sender.accessToken}`,
    "content-type": "application/json",
    connection: "close",
  };
  let answer: OutgoingAnswer;
  try {
    answer = await http.exchange(
      `${request.tenantId} whatsapp`,
      { method: "POST", url, headers, body },
      TIMES,
      signal,
    );
  } catch (cause) {
    throw failed(cause);
  }
  return providerIdOf(answer);
}

function failed(cause: unknown): AntiphonError {
  if (wasSent(cause)) {
    return new AntiphonError("outcome_unknown", "The provider did not answer", { cause });
  }
  const code = cause instanceof AntiphonError ? cause.code : null;
  if (code === "egress_refused" || code === "not_active") return cause as AntiphonError;
  if (code === "payload_too_large" || code === "invalid_request") {
    return new AntiphonError("provider_refused", "The message cannot be put into a request", {
      cause,
    });
  }
  return new AntiphonError("unavailable", "The provider is not reached", { cause });
}

function providerIdOf({ status, body }: OutgoingAnswer): string {
  const json = jsonOf(body);
  const data = { status };
  if (status >= 200 && status < 300) {
    const answer = Answer.safeParse(json);
    if (answer.success) return answer.data.messages[0].id;
    throw new AntiphonError("outcome_unknown", "The provider's answer names no message", { data });
  }
  const refusal = Refusal.safeParse(json);
  if (NOT_NOW.has(status) || (refusal.success && LATER.has(refusal.data.error.code))) {
    throw new AntiphonError("unavailable", `The provider answered ${status}`, { data });
  }
  if (status >= 500) {
    throw new AntiphonError("outcome_unknown", `The provider answered ${status}`, { data });
  }
  throw new AntiphonError("provider_refused", `The provider answered ${status}`, { data });
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    // What a proxy in between answers need not be JSON; its status says enough.
    return null;
  }
}

/** @see https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates */
function bodyOf(content: WhatsAppContent) {
  if ("text" in content) {
    return { type: "text", text: { preview_url: false, body: content.text } };
  }
  const { name, language, parameters } = content.template;
  const components = parameters.length === 0 ? [] : [{
    type: "body",
    parameters: parameters.map((text) => ({ type: "text", text })),
  }];
  return { type: "template", template: { name, language: { code: language }, components } };
}
