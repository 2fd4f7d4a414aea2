import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** Makes an `invalid_request` that names fields by their JSON path ("entryPoints.0.number"). */
export function fieldProblem(...fields: { path: string; message: string }[]): AntiphonError {
  return new AntiphonError("invalid_request", "Correct the fields named in errors", {
    data: { fields },
  });
}
