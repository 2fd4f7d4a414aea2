import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Problem } from "../../protocol/errors/problem.ts";

/** Requests that found the platform not yet ready are repeated for this long. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 250;
const REQUEST_MS = 20_000;

const Token = z.object({ access_token: z.string(), expires_in: z.number() });

/** One call of the partner API. */
export interface PartnerRequest<T> {
  method: "GET" | "POST" | "PUT";
  path: string;
  body?: unknown;
  /** Repeats of a POST with the same key are answered as the first was. */
  idempotencyKey?: string;
  /** What the answer must look like. */
  answer: z.ZodType<T>;
}

/** A client of the public partner API, signed in by client credentials (RFC 6749 section 4.4). */
export class PartnerApi {
  readonly #url: string;
  readonly #client: { clientId: string; clientSecret: string };
  #token: { value: string; until: number } | undefined;

  constructor(url: string, client: { clientId: string; clientSecret: string }) {
    this.#url = url;
    this.#client = client;
  }

  /**
   * Sends a request and reads its answer. 503 and lost connections are tried again for 30 seconds.
   * @throws AntiphonError with the problem's detail in its message; `data.status` and `data.code`
   */
  async send<T>(request: PartnerRequest<T>): Promise<T> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await this.#sendOnce(request);
      } catch (error) {
        const passing = error instanceof AntiphonError && error.code === "unavailable";
        if (!passing || Date.now() > end) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  async #sendOnce<T>(request: PartnerRequest<T>): Promise<T> {
    const { method, path, body, idempotencyKey, answer } = request;
    const response = await this.#fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${await this.#accessToken()}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answer.parse(await readAnswer(response, `${method} ${path}`));
  }

  /** Gets a token now. @throws AntiphonError with `data.status` 401 for unknown credentials */
  async signIn(): Promise<void> {
    await this.#accessToken();
  }

  async #accessToken(): Promise<string> {
    if (this.#token && this.#token.until > Date.now()) return this.#token.value;
    const response = await this.#fetch("/v1/oauth/token", {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: this.#client.clientId,
        client_secret: this.#client.clientSecret,
      }),
    });
    const token = Token.parse(await readAnswer(response, "POST /v1/oauth/token"));
    this.#token = { value: token.access_token, until: Date.now() + token.expires_in * 500 };
    return token.access_token;
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(`${this.#url}${path}`, {
        ...init,
        signal: AbortSignal.timeout(REQUEST_MS),
      });
    } catch (cause) {
      throw new AntiphonError("unavailable", `The partner API at ${this.#url} does not answer`, {
        cause,
      });
    }
  }
}

async function readAnswer(response: Response, what: string): Promise<unknown> {
  const text = await response.text();
  const value: unknown = text === "" ? undefined : parse(text);
  if (response.ok) return value;
  const problem = Problem.safeParse(value);
  const detail = problem.success ? describe(problem.data) : text.slice(0, 200);
  throw new AntiphonError(
    response.status === 503 ? "unavailable" : "invalid_request",
    `${what} was answered ${response.status}: ${detail}`,
    { data: { status: response.status, code: problem.data?.code } },
  );
}

function describe(problem: Problem): string {
  const fields = (problem.errors ?? []).map((field) => `${field.path}: ${field.message}`);
  return [`${problem.code}, ${problem.detail}`, ...fields].join("; ");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
