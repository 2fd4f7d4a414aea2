import type { DatagramAddress } from "../rtp/datagram_socket.ts";
import { bindingError } from "./binding_error.ts";
import { bindingSuccess } from "./binding_success.ts";
import { hasIntegrity } from "./has_integrity.ts";
import type { StunMessage } from "./stun_message.ts";

/** What to send back, and whether the peer proved that it knows our password. */
export interface BindingAnswer {
  reply: Uint8Array;
  authentic: boolean;
}

/**
 * Answers a Binding request as an ICE-lite agent (RFC 8445 section 7.3, RFC 8489 section 9.1.3):
 * 400 without credentials, 401 for a wrong password, 420 for what must be understood and is not,
 * 487 when the peer claims to be controlled.
 */
export function answerBinding(
  packet: Uint8Array,
  message: StunMessage,
  from: DatagramAddress,
  password: string,
): BindingAnswer {
  const id = message.transactionId;
  const refuse = (code: 400 | 401 | 420 | 487) => ({
    reply: bindingError(id, code, password, message.unknown),
    authentic: false,
  });
  if (!message.username || message.integrityAt < 0) return refuse(400);
  if (!hasIntegrity(packet, message.integrityAt, password)) return refuse(401);
  if (message.unknown.length > 0) return refuse(420);
  if (message.controlled) return refuse(487);
  return { reply: bindingSuccess(id, from, password), authentic: true };
}
