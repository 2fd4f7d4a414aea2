import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { ERROR_STATUS, type ErrorCode } from "../../protocol/errors/error_code.ts";
import { Problem } from "../../protocol/errors/problem.ts";
import { KeeperAudit } from "../../protocol/keeper/keeper_audit.ts";
import { KeeperStatus } from "../../protocol/keeper/keeper_status.ts";
import { SwitchOver, type SwitchOverRequest } from "../../protocol/keeper/switch_over.ts";

/** Keepers answer at once; one that does not is as good as away. */
const REQUEST_MS = 3000;
/** More than a keeper ever answers. */
const MAX_ANSWER = 4 << 20;

/** What a {@linkcode KeeperClient} works with. */
export interface KeeperClientOptions {
  site: string;
  /** HTTP origin. */
  url: string;
  /** Gives a bearer token for an audience ("keeper:eu-central"). */
  token: (audience: string) => Promise<string>;
  /** Milliseconds until a request counts as unanswered. */
  requestMs?: number;
}

/** One site's keeper, asked with an operator's key. */
export class KeeperClient {
  readonly site: string;
  readonly #options: KeeperClientOptions;

  constructor(options: KeeperClientOptions) {
    this.site = options.site;
    this.#options = options;
  }

  /** How the keeper's server of a cluster stands. @throws AntiphonError as {@linkcode ask} */
  status(clusterId: string): Promise<KeeperStatus> {
    return this.#ask("GET", `/v1/clusters/${clusterId}`, KeeperStatus);
  }

  /** What happened to a cluster at this site, as the keeper gives it. @throws AntiphonError */
  async audit(clusterId: string): Promise<KeeperAudit[]> {
    const answer = z.object({ items: z.array(KeeperAudit) });
    return (await this.#ask("GET", `/v1/clusters/${clusterId}/audit`, answer)).items;
  }

  /**
   * Asks for a switch-over, or a rehearsal of one. One that is refused at once is told as such.
   * @throws AntiphonError
   */
  async switchOver(clusterId: string, request: SwitchOverRequest): Promise<SwitchOver> {
    try {
      return await this.#ask("POST", `/v1/clusters/${clusterId}/switch-overs`, SwitchOver, request);
    } catch (error) {
      const refused = SwitchOver.safeParse(
        error instanceof AntiphonError ? error.data.switchOver : undefined,
      );
      if (refused.success) return refused.data;
      throw error;
    }
  }

  /** How a switch-over goes. @throws AntiphonError */
  progress(clusterId: string, id: string): Promise<SwitchOver> {
    return this.#ask("GET", `/v1/clusters/${clusterId}/switch-overs/${id}`, SwitchOver);
  }

  /**
   * Asks a keeper.
   * @throws AntiphonError `unavailable` when it does not answer, else with the code and detail of
   * the problem that it answered
   */
  async #ask<T>(method: string, path: string, answer: z.ZodType<T>, body?: unknown): Promise<T> {
    const { site, url, token, requestMs = REQUEST_MS } = this.#options;
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await token(`keeper:${site}`)}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(requestMs),
      });
      text = (await response.text()).slice(0, MAX_ANSWER);
    } catch (cause) {
      throw new AntiphonError("unavailable", `The keeper of ${site} at ${url} does not answer`, {
        cause,
      });
    }
    const value = parse(text);
    if (!response.ok) throw refusal(site, response.status, value);
    const read = answer.safeParse(value);
    if (read.success) return read.data;
    throw new AntiphonError("unavailable", `The keeper of ${site} answers what is not understood`, {
      cause: read.error,
    });
  }
}

function refusal(site: string, status: number, value: unknown): AntiphonError {
  const problem = Problem.safeParse(value);
  if (problem.success) {
    const { code, detail, data = {} } = problem.data;
    return new AntiphonError(isCode(code) ? code : "invalid_request", detail, { data });
  }
  return new AntiphonError("unavailable", `The keeper of ${site} answered ${status}`);
}

function isCode(code: string): code is ErrorCode {
  return code in ERROR_STATUS;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
