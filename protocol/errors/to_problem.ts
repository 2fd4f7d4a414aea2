import { z } from "zod";
import { AntiphonError } from "./antiphon_error.ts";
import { ERROR_STATUS, type ErrorCode } from "./error_code.ts";
import type { Problem } from "./problem.ts";

const TITLES: Partial<Record<ErrorCode, string>> = {
  invalid_request: "The request does not fit its schema",
  internal: "Something failed on our side",
};

/**
 * Maps any thrown value to problem details (RFC 9457). A zod error becomes `invalid_request` with
 * one entry per field; an unknown error becomes `internal` and reveals nothing.
 */
export function toProblem(error: unknown, instance?: string): Problem {
  if (error instanceof z.ZodError) {
    return problem("invalid_request", "Correct the fields named in errors and send it again", {
      instance,
      errors: error.issues.map((issue) => {
        const code = issue.code === "custom" ? issue.params?.code : undefined;
        return {
          path: issue.path.map(String).join("."),
          message: issue.message,
          ...(typeof code === "string" ? { code } : {}),
        };
      }),
    });
  }
  if (error instanceof AntiphonError) {
    const { fields, ...data } = error.data;
    return problem(error.code, error.message, {
      instance,
      ...(Array.isArray(fields) ? { errors: fields as Problem["errors"] } : {}),
      ...(Object.keys(data).length > 0 ? { data } : {}),
    });
  }
  return problem("internal", "Try again; if it goes on, report the instance to the operator", {
    instance,
  });
}

function problem(code: ErrorCode, detail: string, rest: Partial<Problem>): Problem {
  const title = TITLES[code] ?? code.replaceAll("_", " ");
  const { instance, ...others } = rest;
  return {
    type: `https://antiphon.dev/problems/${code}`,
    title,
    status: ERROR_STATUS[code],
    detail,
    code,
    ...(instance === undefined ? {} : { instance }),
    ...others,
  };
}
