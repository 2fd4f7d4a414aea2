import type { SignOnOutcome } from "./sign_on_outcome.ts";

/** Says in plain words why a sign-on failed and what to do. */
export function signOnMessage(failure: Extract<SignOnOutcome, { ok: false }>): string {
  switch (failure.reason) {
    case "refused":
      return failure.code === "forbidden"
        ? "This page may not sign you in. Open the desktop at its own address."
        : "That organisation, username or password is not right. Check them and try again.";
    case "too-many":
      return failure.retryAfter
        ? `Too many attempts. Wait ${failure.retryAfter} seconds, then try again.`
        : "Too many attempts. Wait a minute, then try again.";
    case "invalid":
      return "Check the organisation: lower-case letters, digits and hyphens only.";
    case "unreachable":
      return failure.code === "network"
        ? "The contact centre cannot be reached. Check your network connection, then try again."
        : "The contact centre cannot sign you in just now. Try again in a moment.";
  }
}
