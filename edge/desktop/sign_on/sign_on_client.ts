import { Problem } from "../../../protocol/errors/problem.ts";
import { SignOnAnswer, type SignOnRequest } from "../../../protocol/sign_on/sign_on.ts";
import type { SignOnOutcome } from "./sign_on_outcome.ts";

/** The way `fetch` is called here. */
export type Fetch = (path: string, init: RequestInit) => Promise<Response>;

const DEADLINE_MS = 12_000;

/** The edge's sign-on endpoints. The refresh token stays in a cookie that scripts cannot read. */
export class SignOnClient {
  #fetch: Fetch;

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  /** `POST /v1/sign-on` */
  signOn(request: SignOnRequest): Promise<SignOnOutcome> {
    return this.#post("/v1/sign-on", request);
  }

  /** `POST /v1/sign-on/refresh`: a new access token by the refresh cookie, if there is one. */
  refresh(): Promise<SignOnOutcome> {
    return this.#post("/v1/sign-on/refresh", {});
  }

  /** `POST /v1/sign-off`. Whether the edge took it; the cookie may live on when it did not. */
  async signOff(): Promise<boolean> {
    try {
      return (await this.#fetch("/v1/sign-off", request({}))).ok;
    } catch {
      return false;
    }
  }

  async #post(path: string, body: unknown): Promise<SignOnOutcome> {
    try {
      const response = await this.#fetch(path, request(body));
      const json: unknown = await response.json().catch(() => null);
      if (response.ok) {
        const answer = SignOnAnswer.safeParse(json);
        return answer.success
          ? { ok: true, answer: answer.data }
          : unreachable("answer_unreadable");
      }
      const problem = Problem.safeParse(json);
      return refusal(response, problem.success ? problem.data.code : `http_${response.status}`);
    } catch {
      return unreachable("network");
    }
  }
}

function request(body: unknown): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json" },
    credentials: "same-origin",
    cache: "no-store",
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(DEADLINE_MS),
  };
}

function refusal(response: Response, code: string): SignOnOutcome {
  const after = Number(response.headers.get("retry-after"));
  const retryAfter = Number.isFinite(after) && after > 0 ? after : null;
  if (response.status === 429) return { ok: false, reason: "too-many", code, retryAfter };
  if (response.status === 422 || response.status === 400) {
    return { ok: false, reason: "invalid", code, retryAfter };
  }
  if (response.status >= 500 || response.status === 421) {
    return { ...unreachable(code), retryAfter };
  }
  return { ok: false, reason: "refused", code, retryAfter };
}

function unreachable(code: string): Extract<SignOnOutcome, { ok: false }> {
  return { ok: false, reason: "unreachable", code, retryAfter: null };
}
