import type { SignOnAnswer } from "../../../protocol/sign_on/sign_on.ts";

/**
 * How a sign-on, or its renewal, ended. `unreachable` may pass by itself; the others need the
 * person. `retryAfter` is in seconds.
 */
export type SignOnOutcome =
  | { ok: true; answer: SignOnAnswer }
  | {
    ok: false;
    reason: "refused" | "unreachable" | "too-many" | "invalid";
    code: string;
    retryAfter: number | null;
  };
