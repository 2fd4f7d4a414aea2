import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Message } from "../../protocol/interaction/message.ts";
import type { Effect } from "../effects/effect.ts";
import type { MessageTemplate } from "../messages/message_template.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";

/** An effect that sends a message. */
export type ProviderEffect = Extract<Effect, { to: "provider" }>;

/** A stored message as far as sending it goes. */
export interface OutgoingMessage extends Pick<Message, "status" | "text" | "at"> {
  /** When the request that sends it went out, or was about to; null: certainly not yet. */
  sendingAt: number | null;
}

/** Sends a message and answers with the provider's id of it; throws like `sendWhatsApp()`. */
export type SendMessage = (
  content: { text: string } | { template: MessageTemplate },
) => Promise<string>;

/** What a process knows of its own attempts that it could not store, by message. */
export type ProviderAttempts = Map<string, { providerMessageId: string | null }>;

/** What {@linkcode deliverToProvider} needs. */
export interface ProviderPorts {
  /** Reads a stored message; undefined when it is gone. */
  load: (tenantId: string, messageId: string) => Promise<OutgoingMessage | undefined>;
  /** Gets ready to send. @throws AntiphonError `provider_refused` when there is no way to */
  open: (tenantId: string, effect: ProviderEffect, runner: Runner) => Promise<SendMessage>;
  attempts: ProviderAttempts;
  now: () => number;
}

type Runner = Pick<TenantRunner, "submit" | "configuration">;

/** A message that could not be sent for this long has failed, in milliseconds. */
const GIVE_UP_MS = 15 * 60_000;

/**
 * Sends one stored message through its channel's provider, at most once, and records what became of
 * it. That it is being sent is made durable before the request goes out: whoever finds it so and
 * has no result leaves it alone, since nobody can tell whether it went. The provider's status tells,
 * or `settleUnknown()` says that nobody did. What the provider surely did not take is tried again;
 * a refusal that is final, or has lasted too long, marks the message as failed.
 * @throws AntiphonError when it should be tried again
 */
export async function deliverToProvider(
  tenantId: string,
  effect: ProviderEffect,
  runner: Runner,
  { load, open, attempts, now }: ProviderPorts,
): Promise<void> {
  const { interactionId, messageId, template } = effect;
  const about = { interactionId, messageId };
  const mark = (outcome: "sending" | "not-sent") =>
    runner.submit({ type: "message-attempt", ...about, outcome });
  const record = async (providerMessageId: string | null, failure: string | null) => {
    const status = failure === null ? "sent" : "failed";
    await runner.submit({ type: "message-status", ...about, status, providerMessageId, failure });
    attempts.delete(messageId);
  };

  const message = await load(tenantId, messageId);
  if (message?.status !== "pending") return void attempts.delete(messageId);
  const own = attempts.get(messageId);
  if (own?.providerMessageId) return await record(own.providerMessageId, null);
  if (message.sendingAt !== null && !own) return;
  let providerMessageId: string;
  let marked = false;
  try {
    const send = await open(tenantId, effect, runner);
    // If it is not known whether this is stored, this process still knows that nothing went out.
    attempts.set(messageId, { providerMessageId: null });
    await mark("sending");
    marked = true;
    attempts.delete(messageId);
    providerMessageId = await send(template ? { template } : { text: message.text });
  } catch (error) {
    const code = error instanceof AntiphonError ? error.code : "internal";
    if (code === "outcome_unknown" || (marked && code === "internal")) return;
    const final = code === "provider_refused" || code === "egress_refused";
    const late = now() - message.at >= GIVE_UP_MS && code !== "not_active";
    if (final || late) {
      return await record(null, code.replaceAll("_", "-"));
    }
    if (marked) {
      attempts.set(messageId, { providerMessageId: null });
      await mark("not-sent");
      attempts.delete(messageId);
    }
    throw error;
  }
  attempts.set(messageId, { providerMessageId });
  await record(providerMessageId, null);
}
