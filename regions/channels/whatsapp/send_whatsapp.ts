import { z } from "zod";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { EgressPolicy } from "../../egress/check_egress.ts";
import type { MessageTemplate } from "../../messages/message_template.ts";
import { type Fence, passFence } from "../../lease/fence.ts";
import { checkEgress } from "../../egress/check_egress.ts";

/** Where and as whom to send. */
export interface WhatsAppSender {
  apiBase: string;
  phoneNumberId: string;
  accessToken: string;
}

const Answer = z.looseObject({ messages: z.array(z.looseObject({ id: z.string() })).min(1) });
const TIMEOUT_MS = 15_000;

/** What is sent: free text within 24 hours of the contact's last message, else a template. */
export type WhatsAppContent = { text: string } | { template: MessageTemplate };

/**
 * Sends one message through the WhatsApp Cloud API and returns the provider's message id.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 * @throws AntiphonError `provider_refused` when it will never be taken, `egress_refused`,
 * `unavailable` when trying again may help, `not_active` when this cell may not act any more
 */
export async function sendWhatsApp(
  sender: WhatsAppSender,
  to: string,
  content: WhatsAppContent,
  policy: EgressPolicy,
  fence: Fence,
): Promise<string> {
  const url = new URL(`${sender.apiBase.replace(/\/+$/, "")}/${sender.phoneNumberId}/messages`);
  await checkEgress(url, policy);
  const passed = passFence(fence);
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        ...passed,
        authorization: `Bearer ${sender.accessToken}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        messaging_product: "whatsapp",
        recipient_type: "individual",
        to,
        ...bodyOf(content),
      }),
    });
  } catch (cause) {
    throw new AntiphonError("unavailable", "The provider did not answer", { cause });
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) {
    const answer = Answer.safeParse(body);
    if (answer.success) return answer.data.messages[0].id;
    throw new AntiphonError("provider_refused", "The provider's answer names no message");
  }
  const again = response.status === 429 || response.status >= 500;
  throw new AntiphonError(
    again ? "unavailable" : "provider_refused",
    `The provider answered ${response.status}`,
    { data: { status: response.status } },
  );
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
