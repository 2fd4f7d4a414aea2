import type { VariableMarks } from "../../../protocol/configuration/variable_marks.ts";
import type { z } from "zod";
import { SYSTEM_VARIABLES } from "../../flows/system_variables.ts";
import type { CheckContext } from "./check_context.ts";

/** Global variables have values of their kinds, and marks that go together. */
export function checkVariables(check: CheckContext): void {
  check.document.globalVariables.forEach((variable, i) => {
    const path = `globalVariables.${i}`;
    checkMarks(check, path, variable.id, variable);
    const { kind, value } = variable;
    const fits = value === "" || kind === "text" ||
      (kind === "number" ? Number.isFinite(Number(value)) : value === "true" || value === "false");
    if (!fits) {
      check.report(`${path}.value`, "variable_value_invalid", `Give a ${kind}, or nothing`);
    }
  });
}

/** What agents may change they see; what is sensitive is not reported. */
export function checkMarks(
  check: Pick<CheckContext, "report">,
  path: string,
  name: string,
  marks: z.infer<typeof VariableMarks>,
): void {
  if (marks.agentEditable && !marks.agentViewable) {
    check.report(
      `${path}.agentEditable`,
      "marks_conflict",
      "What agents may change they must see: set agentViewable",
    );
  }
  if (marks.sensitive && Object.hasOwn(SYSTEM_VARIABLES, name)) {
    check.report(`${path}.sensitive`, "marks_conflict", "The platform sets it, in clear");
  }
  if (marks.sensitive && marks.reportable) {
    check.report(`${path}.reportable`, "marks_conflict", "What is sensitive is not reported");
  }
}
