import { defineActivity } from "../../define_activity.ts";
import { encodeValue } from "../../expressions/encode_value.ts";
import { FlowFault } from "../../engine/flow_fault.ts";
import { FLOW_LIMITS } from "../../engine/flow_limits.ts";
import { goTo } from "../../engine/outcome.ts";
import { startingVariables } from "../../starting_variables.ts";
import { SubFlowActivity } from "./sub_flow_schema.ts";

/**
 * Calls a flow in its present version. Variables that it declares are its own: what the caller has
 * under their names comes back when it returns. All others are shared.
 */
export const subFlow = defineActivity({
  schema: SubFlowActivity,
  kinds: ["voice", "digital"],
  inHandlers: true,
  waits: "maybe",
  enter(step) {
    const { flowId, inputs } = step.activity;
    const { flowVersions, flows } = step.configuration;
    const version = flowVersions.get(flowId);
    const flow = flows.get(version ?? "");
    if (!flow || version === undefined) {
      throw new FlowFault("flow-missing", `There is no flow "${flowId}"`);
    }
    if (step.thread.frames.length >= FLOW_LIMITS.frames) {
      throw new FlowFault(
        "flow-nested-too-deep",
        `${FLOW_LIMITS.frames} flows wait for each other already`,
      );
    }
    const own = startingVariables([], flow, {});
    const given: Record<string, string> = {};
    for (const [name, expression] of Object.entries(inputs)) {
      if (own.variableLists.sensitive.includes(name)) {
        throw new FlowFault("variable-sealed", `${name} is sensitive and takes no clear value`);
      }
      const declared = flow.variables[name];
      const type = declared === undefined || typeof declared === "string" ? "text" : declared.type;
      given[name] = step.tried(() => encodeValue(type, step.value(expression)));
    }
    return {
      to: "call",
      flowId,
      version,
      variables: { ...own.variables, ...given },
      variableLists: own.variableLists,
    };
  },
  heard(step, answer) {
    if (answer.type !== "returned") return null;
    const left = step.kept as Record<string, string>;
    for (const { variable, from } of step.activity.outputs) {
      step.setText(variable, left[from] ?? "");
    }
    return goTo(step.activity.next);
  },
});
