/** Stable words for what is wrong with how a flow runs: see regions/flows/validation. */
export const FLOW_PROBLEM_CODES = [
  "activity_unreachable",
  "path_endless",
  "loop_without_wait",
  "steps_too_many",
  "recursion_without_wait",
  "handler_activity",
  "handler_never",
  "expression_syntax",
  "variable_unknown",
  "variable_sealed",
  "type_mismatch",
  "filter_unknown",
  "function_unknown",
  "too_long",
] as const;
