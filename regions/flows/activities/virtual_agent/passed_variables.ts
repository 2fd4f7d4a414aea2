import type { FlowStep } from "../../engine/flow_step.ts";
import type { VirtualAgentActivity } from "./virtual_agent_schema.ts";

/** What the bot is told, and which of what it gives back must come sealed. */
export interface PassedVariables {
  clear: Record<string, string>;
  /** Compact JWE by name. */
  sealed: Record<string, string>;
  /** The bot's names of values that go into sensitive variables. */
  seals: string[];
}

/** Sorts a dialogue's variables; sensitive ones only go to a bot that may see them. */
export function passedVariables(
  { it, activity }: FlowStep<VirtualAgentActivity>,
  seesSensitive: boolean,
): PassedVariables {
  const { sensitive } = it.variableLists;
  const clear: Record<string, string> = {};
  const sealed: Record<string, string> = {};
  for (const name of activity.passes) {
    const value = it.flow.variables[name];
    if (value === undefined) continue;
    if (!sensitive.includes(name)) clear[name] = value;
    else if (seesSensitive && value !== "") sealed[name] = value;
  }
  const seals = Object.entries(activity.returns)
    .filter(([, variable]) => sensitive.includes(variable)).map(([name]) => name);
  return { clear, sealed, seals };
}
