import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { FieldProblem } from "../../protocol/errors/problem.ts";

/** Makes an `invalid_request` that names fields by their JSON path ("entryPoints.0.number"). */
export function fieldProblem(...fields: FieldProblem[]): AntiphonError {
  return new AntiphonError("invalid_request", "Correct the fields named in errors", {
    data: { fields },
  });
}
