import type { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { FieldProblem } from "../../../protocol/errors/problem.ts";
import { fieldsInvalid } from "../fields_invalid.ts";

/**
 * Names problems of one entity by their paths within it, since nobody sent the rest of the
 * document; those elsewhere keep their paths in the whole.
 *
 * @param prefix The entity's path in the document, with a full stop ("queues.3.").
 */
export function relativeRefusal(
  prefix: string,
): (problems: readonly FieldProblem[]) => AntiphonError {
  return (problems) =>
    fieldsInvalid(
      problems.map((problem) =>
        problem.path.startsWith(prefix)
          ? { ...problem, path: problem.path.slice(prefix.length) }
          : problem
      ),
    );
}
