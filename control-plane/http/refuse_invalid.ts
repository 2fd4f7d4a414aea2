import type { Hook } from "@hono/zod-openapi";
import type { z } from "zod";
import type { FieldProblem } from "../../protocol/errors/problem.ts";
import type { AppEnv } from "./app_env.ts";
import { fieldProblem } from "./field_problem.ts";

/**
 * What happens to a request whose parameters, headers or body do not fit: `invalid_request` naming
 * each field, also each unknown one.
 * @throws AntiphonError `invalid_request`
 */
export const refuseInvalid: Hook<unknown, AppEnv, string, unknown> = (result) => {
  if (!result.success) throw fieldProblem(...result.error.issues.flatMap(fieldsOf));
};

function fieldsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  const path = issue.path.map(String);
  if (issue.code !== "unrecognized_keys") {
    const code = issue.code === "custom" ? issue.params?.code : undefined;
    return [{
      path: path.join("."),
      message: issue.message,
      ...(typeof code === "string" ? { code } : {}),
    }];
  }
  return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "Unknown field" }));
}
