import {
  entitiesOf,
  ENTITY_KINDS,
  entityIdOf,
  LISTED_KINDS,
  type ListedKind,
} from "../../protocol/configuration/entity_kinds.ts";
import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { FieldProblem } from "../../protocol/errors/problem.ts";
import { findProblems } from "./find_problems.ts";

const KIND_OF_KEY: ReadonlyMap<string, ListedKind> = new Map(
  LISTED_KINDS.map((kind) => [ENTITY_KINDS[kind].key, kind]),
);

/**
 * The problems of `after` that `before` does not have. What was stored under older rules does not
 * stand in the way of changing something else.
 */
export function newProblems(
  before: TenantConfiguration,
  after: TenantConfiguration,
): FieldProblem[] {
  const problems = findProblems(after);
  if (problems.length === 0) return problems;
  const known = new Set(findProblems(before).map((problem) => identityOf(before, problem)));
  return problems.filter((problem) => !known.has(identityOf(after, problem)));
}

/** A problem told apart by ids, since places in lists move. */
function identityOf(document: TenantConfiguration, { path, code }: FieldProblem): string {
  const [key, index, ...rest] = path.split(".");
  const kind = KIND_OF_KEY.get(key);
  if (!kind) return `${code} ${path}`;
  const entity = entitiesOf(document, kind)[Number(index)];
  return `${code} ${key}/${entityIdOf(kind, entity)}/${rest.join(".")}`;
}
