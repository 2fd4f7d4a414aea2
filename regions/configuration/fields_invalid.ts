import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { FieldProblem } from "../../protocol/errors/problem.ts";

/** Problems that one answer names. */
const NAMED = 1000;

/** An `invalid_request` that names fields by their JSON paths; of very many, the first thousand. */
export function fieldsInvalid(problems: readonly FieldProblem[]): AntiphonError {
  return new AntiphonError("invalid_request", "Correct the fields named in errors", {
    data: {
      fields: problems.slice(0, NAMED),
      ...(problems.length > NAMED ? { problems: problems.length } : {}),
    },
  });
}
