import type { GlobalVariable } from "../../protocol/configuration/global_variable.ts";
import type { VariableMarks } from "../../protocol/configuration/variable_marks.ts";
import type { FlowDocument } from "../../protocol/flow/flow_document.ts";
import type { VariableLists } from "../interactions/interaction.ts";

/** The variables an interaction begins with, and who may see which. */
export interface StartingVariables {
  variables: Record<string, string>;
  variableLists: VariableLists;
}

/**
 * The tenant's variables, then the flow's, then what is known of the contact; of one name the later
 * counts; the tenant's sensitive ones come sealed. What a flow declares as a plain text, and what it sets undeclared, agents may see.
 */
export function startingVariables(
  globals: readonly GlobalVariable[],
  flow: FlowDocument,
  known: Record<string, string>,
): StartingVariables {
  const values: Record<string, string> = {};
  const marks = new Map<string, VariableMarks>();
  for (const variable of globals) {
    values[variable.id] = variable.value;
    marks.set(variable.id, variable);
  }
  for (const [name, variable] of Object.entries(flow.variables)) {
    if (typeof variable === "string") {
      values[name] = variable;
      continue;
    }
    // A document stands in clear: what is sensitive has no value there.
    values[name] = variable.sensitive ? "" : variable.value;
    marks.set(name, variable);
  }
  const named = (wanted: (marks: VariableMarks) => boolean) =>
    [...marks].filter(([, of]) => wanted(of)).map(([name]) => name);
  return {
    variables: { ...values, ...known },
    variableLists: {
      hidden: named((of) => !of.agentViewable || of.sensitive),
      editable: named((of) => of.agentEditable && !of.sensitive),
      reportable: named((of) => of.reportable && !of.sensitive),
      sensitive: named((of) => of.sensitive),
    },
  };
}
