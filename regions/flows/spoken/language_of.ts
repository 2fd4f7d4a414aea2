import { LanguageTag } from "../../../protocol/ids/names.ts";
import type { FlowStep } from "../engine/flow_step.ts";

/** The language that the flow speaks now: the variable `language`, else the tenant's. */
export function languageOf(step: FlowStep<unknown>): string {
  const chosen = LanguageTag.safeParse(step.it.flow.variables.language);
  return chosen.success ? chosen.data : step.configuration.settings.language;
}
