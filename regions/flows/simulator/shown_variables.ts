import type { Interaction } from "../../interactions/interaction.ts";

/** An interaction's variables for whoever looks: no sensitive ones, hidden ones to administrators. */
export function shownVariables(
  { flow, variableLists }: Interaction,
  viewer: { admin: boolean },
): Record<string, string> {
  const { sensitive, hidden } = variableLists;
  const shown = ([name, value]: [string, string]) => {
    if (sensitive.includes(name)) return value === "" ? "" : "(sealed)";
    return hidden.includes(name) && !viewer.admin ? "(hidden)" : value;
  };
  return Object.fromEntries(
    Object.entries(flow.variables).map((entry) => [entry[0], shown(entry)]),
  );
}
