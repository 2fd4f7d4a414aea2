import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { findProblems } from "./find_problems.ts";
import { fieldsInvalid } from "./fields_invalid.ts";

/**
 * Checks what a schema cannot; see {@linkcode findProblems}.
 * @throws AntiphonError `invalid_request` naming every field that is wrong
 */
export function checkConfiguration(document: TenantConfiguration): void {
  const problems = findProblems(document);
  if (problems.length > 0) throw fieldsInvalid(problems);
}
