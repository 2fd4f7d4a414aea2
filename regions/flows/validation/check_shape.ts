import { checkMarks } from "../../configuration/checks/check_variables.ts";
import { decodeValue } from "../expressions/decode_value.ts";
import type { FlowCheck } from "./flow_check.ts";

/** Activities are known, fit their schemas and the flow's kind, and lead to others that there are. */
export function checkShape(check: FlowCheck): void {
  const { document, flow } = check;
  check.step("start", document.start);
  if (document.onError !== undefined) check.step("onError", document.onError);
  document.handlers.forEach(({ start }, i) => check.step(`handlers.${i}.start`, start));
  for (const { path, code, message } of flow.misfits) check.report(path, code, message);
  for (const { id, definition, activity, leads } of flow.activities.values()) {
    if (!definition.kinds.includes(document.kind)) {
      const message = `A ${document.kind} flow cannot ${activity.type}`;
      check.report(`activities.${id}.type`, "kind_mismatch", message);
    }
    for (const { field, to } of leads) check.step(`activities.${id}.${field}`, to);
  }
  for (const [name, variable] of Object.entries(document.variables)) {
    if (typeof variable === "string") continue;
    const at = `variables.${name}`;
    checkMarks(check, at, name, variable);
    const { sensitive, type, value } = variable;
    if (value === "") continue;
    if (sensitive) {
      const message = "What is sensitive stands in no flow: keep it in a global variable";
      check.report(`${at}.value`, "marks_conflict", message);
    } else if (!fits(type, value)) {
      check.report(`${at}.value`, "variable_value_invalid", `This is no ${type}`);
    }
  }
}

function fits(...[type, value]: Parameters<typeof decodeValue>): boolean {
  try {
    decodeValue(type, value);
    return true;
  } catch {
    return false;
  }
}
