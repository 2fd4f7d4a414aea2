import type { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import type { CheckContext } from "../../configuration/checks/check_context.ts";
import type { ProblemCode } from "../../configuration/checks/problem_code.ts";
import { FlowCatalog } from "./flow_catalog.ts";
import type { FlowProblem } from "./flow_problem.ts";
import { type ParsedFlow, parsedFlow } from "./parsed_flow.ts";

const catalogs = new WeakMap<CheckContext, FlowCatalog>();

/** One flow under check, among all that it may refer to. */
export class FlowCheck {
  readonly problems: FlowProblem[] = [];
  readonly flow: ParsedFlow;
  readonly catalog: FlowCatalog;

  /** @param known The configuration, which has the flow itself. */
  constructor(readonly document: FlowDocument, readonly known: CheckContext) {
    this.flow = parsedFlow(document);
    let catalog = catalogs.get(known);
    if (!catalog) catalogs.set(known, catalog = new FlowCatalog(known.flows, entryPoints(known)));
    this.catalog = catalog;
  }

  get skills(): CheckContext["skills"] {
    return this.known.skills;
  }

  report(
    path: string,
    code: ProblemCode,
    message: string,
    severity: FlowProblem["severity"] = "error",
  ): void {
    this.problems.push({ path, code, message, severity });
  }

  /** Reports an activity's id that names nothing. */
  step(path: string, id: string): void {
    if (Object.hasOwn(this.document.activities, id)) return;
    this.report(path, "reference_unknown", `There is no activity "${id}"`);
  }
}

function entryPoints({ document }: CheckContext): Map<string, string[]> {
  return new Map(document.entryPoints.map(({ id, flowId, closedFlowId, routing = [] }) => [
    id,
    [...new Set([flowId, closedFlowId ?? flowId, ...routing.map((rule) => rule.flowId)])],
  ]));
}
