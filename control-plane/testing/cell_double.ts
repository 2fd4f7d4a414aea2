import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { ErrorCode } from "../../protocol/errors/error_code.ts";
import { toProblem } from "../../protocol/errors/to_problem.ts";

/** What a double of a cell was asked. */
export interface CellDoubleCall {
  url: string;
  method: string;
  authorization: string;
  body: string;
}

/** One answer: a body, a problem of this code, another Response, or no answer at all. */
export type CellDoubleAnswer = { ok: unknown } | { problem: ErrorCode } | Response | "refused";

/**
 * Doubles of cells behind `fetch`: each origin gives its answers in turn, the last one for ever.
 */
export class CellDouble {
  readonly calls: CellDoubleCall[] = [];
  #answers: Record<string, CellDoubleAnswer[]> = {};

  /** Sets the answers of each origin and forgets earlier calls. */
  script(answers: Record<string, CellDoubleAnswer[]>): void {
    this.#answers = Object.fromEntries(
      Object.entries(answers).map(([origin, list]) => [origin, [...list]]),
    );
    this.calls.length = 0;
  }

  /** Stands in for the global `fetch`. */
  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    this.calls.push({
      url: request.url,
      method: request.method,
      authorization: request.headers.get("authorization") ?? "",
      body: await request.text(),
    });
    const answers = this.#answers[new URL(request.url).origin] ?? ["refused"];
    const answer = answers.length > 1 ? answers.shift()! : answers[0];
    if (answer === "refused") throw new TypeError("connection refused");
    if (answer instanceof Response) return answer.clone();
    if ("ok" in answer) return Response.json(answer.ok);
    const problem = toProblem(new AntiphonError(answer.problem, "The cell says so"));
    return new Response(JSON.stringify(problem), {
      status: problem.status,
      headers: { "content-type": "application/problem+json" },
    });
  };
}
