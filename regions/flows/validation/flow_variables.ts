import type { VariableMarks } from "../../../protocol/configuration/variable_marks.ts";
import type { VariableType } from "../../../protocol/flow/variable_type.ts";
import { SYSTEM_VARIABLES } from "../system_variables.ts";
import type { FlowCheck } from "./flow_check.ts";
import type { ParsedFlow } from "./parsed_flow.ts";

/** The variables that a flow may use. */
export interface FlowVariables {
  types: Readonly<Record<string, VariableType>>;
  /** Those whose value is sealed. */
  sealed: ReadonlySet<string>;
}

/**
 * The platform's variables, the tenant's, those that the flow declares or sets, those of the flows
 * that call it, and those that the flows it calls set without declaring them. Only what a flow
 * declares itself, and the platform's, has another type than text. O(variables of those flows).
 */
export function flowVariables({ flow, catalog, known }: FlowCheck): FlowVariables {
  const types: Record<string, VariableType> = {};
  const sealed = new Set<string>();
  const declare = (name: string, marks: Partial<VariableMarks> | string) => {
    types[name] = "text";
    if (typeof marks !== "string" && marks.sensitive) sealed.add(name);
  };
  for (const variable of known.document.globalVariables) declare(variable.id, variable);
  const { id } = flow.document;
  const called = catalog.calledBy(id);
  for (const other of [...catalog.callersOf(id), flow]) {
    for (const [name, variable] of Object.entries(other.document.variables)) {
      declare(name, variable);
    }
    for (const name of other.writes) types[name] = "text";
  }
  for (const other of called) {
    for (const name of written(other)) types[name] = "text";
    // What a flow has sealed stays so when it returns.
    for (const [name, variable] of Object.entries(other.document.variables)) {
      if (typeof variable !== "string" && variable.sensitive) sealed.add(name);
    }
  }
  Object.assign(types, SYSTEM_VARIABLES);
  for (const [name, variable] of Object.entries(flow.document.variables)) {
    types[name] = typeof variable === "string" ? "text" : variable.type;
  }
  return { types, sealed };
}

/** What a flow that is called leaves behind. */
function written({ document, writes }: ParsedFlow): string[] {
  return [...writes].filter((name) => !Object.hasOwn(document.variables, name));
}
