import type { FlowDocument } from "../../protocol/flow/flow_document.ts";

/** The values a flow's variables begin with. */
export function initialVariables(flow: FlowDocument): Record<string, string> {
  return Object.fromEntries(
    Object.entries(flow.variables).map(([name, variable]) => [
      name,
      typeof variable === "string" ? variable : variable.value,
    ]),
  );
}
