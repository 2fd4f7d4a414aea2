import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { ERROR_STATUS, type ErrorCode } from "../../../protocol/errors/error_code.ts";
import { Problem } from "../../../protocol/errors/problem.ts";

/**
 * Gives the body of a successful answer.
 * @throws AntiphonError with the code that the other service gave, or `unavailable`
 */
export function raiseProblem(answer: { status: number; body: unknown }): unknown {
  if (answer.status >= 200 && answer.status < 300) return answer.body;
  const problem = Problem.safeParse(answer.body);
  if (problem.success && problem.data.code in ERROR_STATUS) {
    const { code, detail, errors, data } = problem.data;
    throw new AntiphonError(code as ErrorCode, detail, {
      data: { ...data, ...(errors ? { fields: errors } : {}) },
    });
  }
  throw new AntiphonError("unavailable", "Another service failed; try again in a moment", {
    data: { status: answer.status },
  });
}
