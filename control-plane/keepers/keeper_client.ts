import type { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { ERROR_STATUS, type ErrorCode } from "../../protocol/errors/error_code.ts";
import { Problem } from "../../protocol/errors/problem.ts";
import type { KeeperAddress } from "../../protocol/topology/deployment.ts";

/** What a {@linkcode KeeperClient} works with. */
export interface KeeperClientOptions {
  /** Gives a service token for an audience ("keeper:eu-central"). */
  token: (audience: string) => Promise<string>;
  /** Ends what is under way when the process stops. */
  stopping: AbortSignal;
}

/** A request to a keeper. */
export interface KeeperRequest<T> {
  method: "GET" | "POST";
  path: string;
  body?: unknown;
  answer: z.ZodType<T>;
  /** Milliseconds for all of it. */
  timeoutMs: number;
}

/** More than a keeper ever answers, in characters. */
const MOST = 8 << 20;

/** Asks sites' keepers, as the control plane. */
export class KeeperClient {
  constructor(readonly options: KeeperClientOptions) {}

  /**
   * One request.
   * @throws AntiphonError `service_unreachable` when there is no answer, or none that makes sense;
   * else what the keeper answered
   */
  async ask<T>({ site, url }: KeeperAddress, request: KeeperRequest<T>): Promise<T> {
    const { method, path, body, answer, timeoutMs } = request;
    const { token, stopping } = this.options;
    let status: number;
    let json: unknown;
    try {
      const response = await fetch(new URL(path, url), {
        method,
        redirect: "error",
        headers: {
          authorization: `Bearer ${await token(`keeper:${site}`)}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), stopping]),
      });
      status = response.status;
      const text = await response.text();
      if (text.length > MOST) throw new Error("the answer is too long");
      json = JSON.parse(text);
      if (response.ok) return answer.parse(json);
    } catch (cause) {
      throw new AntiphonError("service_unreachable", `The keeper of ${site} does not answer`, {
        data: { site },
        cause,
      });
    }
    throw refusal(site, status, json);
  }
}

/** What a keeper refused, as it said it. */
function refusal(site: string, status: number, json: unknown): AntiphonError {
  const problem = Problem.safeParse(json).data;
  const known = problem && problem.code in ERROR_STATUS && status < 500;
  // That it does not know us is nothing that the caller can mend.
  if (!known || status === 401 || status === 403) {
    return new AntiphonError("service_unreachable", `The keeper of ${site} answered ${status}`, {
      data: { site, code: problem?.code },
    });
  }
  return new AntiphonError(problem.code as ErrorCode, problem.detail ?? problem.title, {
    data: problem.data ?? {},
  });
}
