import type { Hook } from "@hono/zod-openapi";
import type { z } from "zod";
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

function fieldsOf(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  const path = issue.path.map(String);
  if (issue.code !== "unrecognized_keys") {
    return [{ path: path.join("."), message: issue.message }];
  }
  return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "Unknown field" }));
}
