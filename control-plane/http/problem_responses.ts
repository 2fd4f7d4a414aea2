import { Problem } from "../../protocol/errors/problem.ts";

const DESCRIPTIONS = {
  400: "The body is not JSON",
  401: "No token, an expired one, or one that is not ours",
  403: "The token's scope does not allow this",
  404: "There is no such thing, or it is another partner's",
  409: "Something is taken, or a request with this key is under way",
  413: "The body is too large",
  422: "Fields do not fit; `errors` names each",
  429: "Too many attempts; wait for Retry-After seconds",
  502: "A part behind this did not answer, and nobody knows what it did",
  503: "A part behind this is away; try again",
};
type Status = keyof typeof DESCRIPTIONS;

const ProblemSchema = Problem.meta({ id: "Problem" });

/** Problem answers of a route, for its OpenAPI document. */
export function problemResponses<S extends Status>(
  ...statuses: S[]
): Record<S, { description: string }> {
  return Object.fromEntries(statuses.map((status) => [status, {
    description: DESCRIPTIONS[status],
    content: { "application/problem+json": { schema: ProblemSchema } },
  }])) as unknown as Record<S, { description: string }>;
}
