import { toProblem } from "../../../protocol/errors/to_problem.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/**
 * Maps an error to `application/problem+json` (RFC 9457). `retryAfter` in the error's data, in
 * seconds, also becomes the header Retry-After; `allow` becomes the header Allow.
 */
export function problemResponse(error: unknown, instance?: string): Response {
  const problem = toProblem(error, instance);
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
  const { retryAfter, allow } = error instanceof AntiphonError ? error.data : {};
  if (typeof retryAfter === "number") headers.set("retry-after", String(Math.ceil(retryAfter)));
  if (typeof allow === "string") headers.set("allow", allow);
  if (problem.status === 401) headers.set("www-authenticate", "Bearer");
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
