import { toProblem } from "../../../protocol/errors/to_problem.ts";

/** Answers a thrown value as problem details (RFC 9457). */
export function answerProblem(error: unknown, instance?: string): Response {
  const problem = toProblem(error, instance);
  const retry = problem.data?.retryAfterSeconds;
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(problem.status === 401 ? { "www-authenticate": "Bearer" } : {}),
      ...(typeof retry === "number" ? { "retry-after": String(retry) } : {}),
    },
  });
}
