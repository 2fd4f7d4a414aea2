import assert from "node:assert/strict";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { issueAccessToken } from "../tokens/issue_access_token.ts";
import { type Principal, type Scope, SCOPES } from "../tokens/principal.ts";
import type { TestPlane } from "./test_plane.ts";

/** A route and the scope it needs. */
export type GuardedRoute = [method: string, path: string, scope: Scope];

/** Registers a test that these routes take no token but a good one with their scope. */
export function refusesStrangers(plane: () => TestPlane, routes: GuardedRoute[]): void {
  const names = routes.map(([method, path]) => `${method} ${path.replace(/[0-9a-f-]{36}/, "…")}`);
  Deno.test(`no token, an old one, a foreign one, too few scopes: ${names.join(", ")}`, async () => {
    const { context, call, keys } = plane();
    const principal = (scopes: Scope[]): Principal => ({
      kind: "partner",
      clientId: "c",
      partnerId: crypto.randomUUID(),
      scopes: new Set(scopes),
    });
    const all = Object.keys(SCOPES) as Scope[];
    const newId = uuidV7();
    const issue = (key = keys["control-plane"], scopes = all, now = context.now) =>
      issueAccessToken(key, principal(scopes), newId(), now);
    const stranger = await generateServiceKey("control-plane", "k-stranger");
    for (const [method, path, scope] of routes) {
      const tokens: [string | undefined, number, string, RegExp][] = [
        [undefined, 401, "unauthenticated", /^Bearer realm="antiphon"$/],
        ["nonsense", 401, "unauthenticated", /error="invalid_token"/],
        [await issue(stranger.privateKey), 401, "unauthenticated", /error="invalid_token"/],
        [await issue(keys["cell:E39"]), 401, "unauthenticated", /error="invalid_token"/],
        [
          await issue(undefined, undefined, () => context.now() - 16 * 60_000),
          401,
          "token_expired",
          /error_description="expired"/,
        ],
        [
          await issue(undefined, all.filter((other) => other !== scope)),
          403,
          "forbidden",
          new RegExp(`insufficient_scope", scope="${scope}"`),
        ],
      ];
      for (const [token, status, code, challenge] of tokens) {
        const { body, headers, ...answer } = await call(method, path, { token });
        assert.deepEqual([answer.status, body.code], [status, code], `${method} ${path}`);
        assert.match(headers.get("www-authenticate") ?? "", challenge);
      }
    }
  });
}
