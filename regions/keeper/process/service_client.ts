import type { z } from "zod";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { ERROR_STATUS, type ErrorCode } from "../../../protocol/errors/error_code.ts";
import { Problem } from "../../../protocol/errors/problem.ts";

/** More than any service answers a keeper, in bytes. */
const MAX_ANSWER = 1 << 20;

/** A question to another service. */
export interface ServiceCall<T> {
  /** HTTP origin. */
  url: string;
  path: string;
  /** Whom the token is for ("keeper:us-east"); none is sent without it. */
  audience?: string;
  /** Makes it a POST. */
  body?: unknown;
  timeoutMs: number;
  answer: z.ZodType<T>;
}

/** Asks another service, and gives its answer. */
export type ServiceClient = <T>(call: ServiceCall<T>) => Promise<T>;

/**
 * Makes a client whose questions end by their time-out, and whose answers fit their schema.
 * @param token signs for an audience
 * @returns a function that throws AntiphonError: the code of the problem that was answered, or
 *   `service_unreachable`, `answer_unreadable`
 */
export function serviceClient(token: (audience: string) => Promise<string>): ServiceClient {
  return async ({ url, path, audience, body, timeoutMs, answer }) => {
    let status: number;
    let value: unknown;
    try {
      const response = await fetch(new URL(path, url), {
        headers: {
          ...(audience === undefined ? {} : { authorization: `Bearer ${await token(audience)}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      status = response.status;
      value = parse(await response.text());
    } catch (cause) {
      throw new AntiphonError("service_unreachable", `${url} does not answer`, { cause });
    }
    if (status >= 300) throw refusalOf(url, status, value);
    const read = answer.safeParse(value);
    if (read.success) return read.data;
    throw new AntiphonError("answer_unreadable", `${url}${path} answers what is not understood`);
  };
}

function refusalOf(url: string, status: number, value: unknown): AntiphonError {
  const problem = Problem.safeParse(value);
  if (!problem.success) return new AntiphonError("service_unreachable", `${url} said ${status}`);
  const { code, detail, data } = problem.data;
  return new AntiphonError(code in ERROR_STATUS ? code as ErrorCode : "service_down", detail, {
    data,
  });
}

function parse(text: string): unknown {
  if (text.length > MAX_ANSWER) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
