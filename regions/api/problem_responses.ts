import { Problem } from "../../protocol/errors/problem.ts";

const DESCRIPTIONS = {
  400: "The body cannot be read",
  401: "No token, an expired one, or one that is not ours",
  403: "The person's roles do not allow this",
  404: "There is no such thing in this tenant",
  409: "It is there already, others refer to it, or somebody would be stranded",
  412: "It was changed meanwhile",
  413: "The body is too large",
  416: "The range is not there",
  421: "Another cluster runs this tenant",
  422: "Fields do not fit; `errors` names each",
  428: "Send If-Match",
  429: "Too often; `retryAfter` says when again, in seconds",
  503: "A part behind this is away; try again",
};
type Status = keyof typeof DESCRIPTIONS;

const ProblemSchema = Problem.meta({ id: "Problem" });

/** Problem answers of a route, for its OpenAPI document; those of every route come by themselves. */
export function problemResponses<S extends Status>(
  ...statuses: S[]
): Record<S | 401 | 403 | 421 | 422 | 503, { description: string }> {
  const all = [...new Set<Status>([401, 403, 421, 422, 503, ...statuses])].sort();
  return Object.fromEntries(all.map((status) => [status, {
    description: DESCRIPTIONS[status],
    content: { "application/problem+json": { schema: ProblemSchema } },
  }])) as unknown as Record<S | 401 | 403 | 421 | 422 | 503, { description: string }>;
}
