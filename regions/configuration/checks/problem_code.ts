import { FLOW_PROBLEM_CODES } from "./flow_problem_codes.ts";

/** Stable words for what a schema cannot check. Callers switch on them. */
export const PROBLEM_CODES = [
  "id_repeated",
  "username_repeated",
  "address_repeated",
  "word_repeated",
  "reference_unknown",
  "kind_mismatch",
  "skill_value_invalid",
  "relaxation_stricter",
  "distribution_empty",
  "distribution_order",
  "overflow_cyclic",
  "time_zone_unknown",
  "closed_flow_missing",
  "asset_sender_missing",
  "capacity_team_has_agents",
  "marks_conflict",
  "variable_value_invalid",
  "too_many",
  "field_unknown",
  "text_not_storable",
  "secret_required",
  "node_not_authorised",
  "activity_unknown",
  "activity_invalid",
  "language_repeated",
  "audio_missing",
  ...FLOW_PROBLEM_CODES,
] as const;
/** A stable word for what is wrong with a field. */
export type ProblemCode = (typeof PROBLEM_CODES)[number];
