import type { Context, Hono } from "hono";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { AppEnv } from "./app_env.ts";

/**
 * What happens to a request that no route takes: `method_not_allowed` with an `Allow` header when
 * only its method is wrong (RFC 9110 section 15.5.6), else `not_found`.
 * @throws AntiphonError always
 */
export function notFound(app: Hono<AppEnv>): (c: Context<AppEnv>) => never {
  return (c) => {
    const methods = new Set(
      app.routes.filter(({ method, path }) => method !== "ALL" && fits(path, c.req.path))
        .map(({ method }) => method),
    );
    if (methods.size === 0) throw new AntiphonError("not_found", "There is no such resource");
    const allow = [...methods].sort().join(", ");
    c.header("allow", allow);
    throw new AntiphonError("method_not_allowed", `Use ${allow}`, { data: { allow } });
  };
}

function fits(pattern: string, path: string): boolean {
  const parts = pattern.split("/");
  const given = path.split("/");
  return parts.length === given.length &&
    parts.every((part, i) => part.startsWith(":") ? given[i] !== "" : part === given[i]);
}
