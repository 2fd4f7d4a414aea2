import { OAuthError } from "./oauth_error.ts";
import { type Principal, type Scope, SCOPES_OF } from "./principal.ts";

/**
 * The scopes of a new token: those asked for, or all that the client may have.
 *
 * @param asked Space-separated (RFC 6749 section 3.3), or null.
 * @throws OAuthError `invalid_scope` for one the client may not have
 */
export function grantScopes(kind: Principal["kind"], asked: string | null): readonly Scope[] {
  const names = (asked ?? "").split(" ").filter((name) => name !== "");
  if (names.length === 0) return SCOPES_OF[kind];
  return names.map((name) => {
    const scope = SCOPES_OF[kind].find((allowed) => allowed === name);
    if (scope === undefined) {
      throw new OAuthError("invalid_scope", `This client may have: ${SCOPES_OF[kind].join(" ")}`);
    }
    return scope;
  });
}
