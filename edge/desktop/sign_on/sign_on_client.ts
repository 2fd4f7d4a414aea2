import { Problem } from "../../../protocol/errors/problem.ts";
import { SignOnAnswer, type SignOnRequest } from "../../../protocol/sign_on/sign_on.ts";

/** What could not be done, in the edge's words. */
export class RequestRefused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/**
 * Signs on, or with no credentials renews the session that the browser's cookie keeps.
 * @throws RequestRefused; TypeError when the edge cannot be reached
 */
export async function signOn(credentials: SignOnRequest | null): Promise<SignOnAnswer> {
  const response = await fetch(credentials ? "/v1/sign-on" : "/v1/sign-on/refresh", {
    method: "POST",
    headers: { "content-type": "application/json" },
    ...(credentials ? { body: JSON.stringify(credentials) } : {}),
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return SignOnAnswer.parse(body);
  const problem = Problem.safeParse(body);
  throw new RequestRefused(
    problem.success ? problem.data : {
      type: "about:blank",
      title: "failed",
      status: response.status,
      detail: `The edge answered ${response.status}`,
      code: "unavailable",
    },
  );
}

/** Ends the session at the edge. */
export async function signOff(): Promise<void> {
  await fetch("/v1/sign-off", { method: "POST" });
}
