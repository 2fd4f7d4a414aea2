import { SubFlowActivity } from "../activities/sub_flow/sub_flow_schema.ts";
import { checkExpression } from "../expressions/check_expression.ts";
import { checkTemplate } from "../expressions/check_template.ts";
import type { ExpressionProblem } from "../expressions/expression_problem.ts";
import type { Field } from "../fields/fields_of.ts";
import type { FlowCheck } from "./flow_check.ts";
import { type FlowVariables, flowVariables } from "./flow_variables.ts";
import type { ParsedActivity } from "./parsed_flow.ts";

/** Templates and expressions can be read, use variables that there are, and fit types. */
export function checkValues(check: FlowCheck): void {
  const variables = flowVariables(check);
  for (const it of check.flow.activities.values()) {
    for (const field of it.fields) checkField(check, `activities.${it.id}`, field, variables);
    if (it.activity.type === "sub-flow") checkExchange(check, it);
  }
}

function checkField(
  check: FlowCheck,
  activity: string,
  { path: within, value, marker }: Field,
  { types, sealed }: FlowVariables,
): void {
  const path = `${activity}.${within}`;
  if (marker.kind === "template" && value.includes("{")) {
    tell(check, path, checkTemplate(value, types, sealed));
  } else if (marker.kind === "expression") {
    tell(check, path, checkExpression(value, types, sealed, marker.result));
  } else if (marker.kind === "variable") {
    if (marker.access === "read" && !Object.hasOwn(types, value)) {
      check.report(path, "variable_unknown", `There is no variable ${value}`);
    }
    if (marker.access === "write" && sealed.has(value)) {
      const message = `${value} is sensitive: this activity cannot seal what it sets`;
      check.report(path, "variable_sealed", message);
    }
  }
}

function tell(check: FlowCheck, path: string, problems: readonly ExpressionProblem[]): void {
  for (const { code, message, line, column } of problems) {
    const place = line === undefined ? "" : ` (line ${line}, column ${column})`;
    check.report(path, code, `${message}${place}`);
  }
}

/** What is handed to a called flow and taken from it are variables of that flow. */
function checkExchange(check: FlowCheck, { id, activity }: ParsedActivity): void {
  const { flowId, inputs, outputs } = SubFlowActivity.parse(activity);
  const called = check.catalog.find(flowId);
  if (!called) return;
  const { variables } = called.document;
  for (const name of Object.keys(inputs)) {
    const path = `activities.${id}.inputs.${name}`;
    const declared = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (declared === undefined) {
      const message = `"${flowId}" declares no variable ${name}`;
      check.report(path, "variable_unknown", message, "warning");
    } else if (typeof declared !== "string" && declared.sensitive) {
      const message = `${name} is sensitive in "${flowId}" and takes no clear value`;
      check.report(path, "variable_sealed", message);
    }
  }
  outputs.forEach(({ from }, i) => {
    const path = `activities.${id}.outputs.${i}.from`;
    const declared = Object.hasOwn(variables, from) ? variables[from] : undefined;
    if (declared === undefined && !called.writes.has(from)) {
      check.report(path, "variable_unknown", `"${flowId}" has no variable ${from}`);
    } else if (typeof declared === "object" && declared.sensitive) {
      check.report(path, "variable_sealed", `${from} is sensitive in "${flowId}"`);
    }
  });
}
