import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../protocol/errors/to_problem.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { fromDatabaseError } from "../database/from_database_error.ts";
import type { AppEnv } from "./app_env.ts";
import { fieldProblem } from "./field_problem.ts";

/**
 * The one place where errors become answers: problem+json (RFC 9457) with the request's id as its
 * instance, `WWW-Authenticate` on 401 and on a missing scope (RFC 6750), `Retry-After` when
 * waiting helps. What is our fault is logged.
 */
export function answerProblem(log: Logger): (error: Error, c: Context<AppEnv>) => Response {
  return (thrown, c) => {
    const error = fromDatabaseError(fromHttpException(thrown));
    const problem = toProblem(error, `urn:uuid:${c.get("requestId")}`);
    if (problem.status >= 500) {
      log.error("request.failed", {
        requestId: c.get("requestId"),
        method: c.req.method,
        code: problem.code,
        error: thrown,
      });
    }
    const headers: Record<string, string> = { "content-type": "application/problem+json" };
    const challenge = challengeOf(problem.code, error);
    if (challenge) headers["www-authenticate"] = challenge;
    const retryAfter = error instanceof AntiphonError ? error.data.retryAfterSeconds : undefined;
    if (retryAfter !== undefined) headers["retry-after"] = String(retryAfter);
    else if (problem.status === 503) headers["retry-after"] = "1";
    return c.body(JSON.stringify(problem), problem.status as 500, headers);
  };
}

/** Hono's own validators throw these for a body that is no JSON, or not said to be. */
function fromHttpException(error: unknown): unknown {
  if (!(error instanceof HTTPException)) return error;
  if (error.status === 400) {
    return new AntiphonError("malformed_json", "Send a body that is JSON", { cause: error });
  }
  if (error.status === 415) {
    return fieldProblem({ path: "Content-Type", message: "Send application/json" });
  }
  return error;
}

function challengeOf(code: string, error: unknown): string | undefined {
  if (code === "token_expired") {
    return 'Bearer realm="antiphon", error="invalid_token", error_description="expired"';
  }
  if (code === "unauthenticated") {
    return error instanceof AntiphonError && error.data.reason === "no_token"
      ? 'Bearer realm="antiphon"'
      : 'Bearer realm="antiphon", error="invalid_token"';
  }
  if (error instanceof AntiphonError && code === "forbidden" && error.data.scope !== undefined) {
    return `Bearer realm="antiphon", error="insufficient_scope", scope="${error.data.scope}"`;
  }
}
