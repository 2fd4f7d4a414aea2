import type { Interaction } from "../../interactions/interaction.ts";
import type { Transition } from "../../tenants/transition.ts";
import type { Scope } from "../expressions/scope.ts";

/** What expressions of a running flow see. */
export function flowScope(t: Transition, it: Interaction, types: Scope["types"]): Scope {
  const { settings } = t.configuration;
  return {
    variables: it.flow.variables,
    types,
    sealed: new Set(it.variableLists.sensitive),
    at: t.at,
    timeZone: settings.timeZone,
    language: it.flow.variables.language || settings.language,
    region: settings.country,
  };
}
