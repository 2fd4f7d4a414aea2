import { z } from "zod";

const Text = z.object({ body: z.string().max(16_384) });

const InboundMessage = z.looseObject({
  from: z.string().regex(/^[0-9]{5,20}$/),
  id: z.string().min(1).max(512),
  /** Seconds since the Unix epoch, as a string. */
  timestamp: z.string().regex(/^[0-9]{1,12}$/),
  type: z.string(),
  text: Text.optional(),
});

const StatusUpdate = z.looseObject({
  id: z.string().min(1).max(512),
  status: z.string(),
  timestamp: z.string().regex(/^[0-9]{1,12}$/),
  recipient_id: z.string().optional(),
  /** What the request that sent the message carried, as it was. */
  biz_opaque_callback_data: z.string().max(512).optional().catch(undefined),
  errors: z.array(z.looseObject({ code: z.number().optional(), title: z.string().optional() }))
    .optional(),
});

const Value = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  metadata: z.looseObject({ display_phone_number: z.string(), phone_number_id: z.string() }),
  contacts: z.array(z.looseObject({
    profile: z.looseObject({ name: z.string().max(512) }).optional(),
    wa_id: z.string(),
  })).optional(),
  messages: z.array(InboundMessage).max(1000).optional(),
  statuses: z.array(StatusUpdate).max(1000).optional(),
});

/**
 * A webhook body of the WhatsApp Cloud API. One body can hold many entries, changes and messages;
 * members this platform does not use pass through.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components
 */
export const WhatsAppWebhook = z.looseObject({
  object: z.literal("whatsapp_business_account"),
  entry: z.array(z.looseObject({
    id: z.string(),
    changes: z.array(z.looseObject({ field: z.string(), value: z.unknown() })).max(1000),
  })).max(1000),
});
export type WhatsAppWebhook = z.infer<typeof WhatsAppWebhook>;

/** The `value` of a change whose `field` is "messages". */
export const WhatsAppMessagesValue = Value;
export type WhatsAppMessagesValue = z.infer<typeof WhatsAppMessagesValue>;
