import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { FieldProblem } from "../../protocol/errors/problem.ts";
import type { AudioStore } from "./audio_store.ts";

/**
 * Finds prompts of a document whose audio is not there, among those that `before` does not have.
 * O(prompts), and one look at the store for each new hash.
 */
export async function missingAudio(
  store: Pick<AudioStore, "has">,
  tenantId: string,
  before: TenantConfiguration,
  after: TenantConfiguration,
): Promise<FieldProblem[]> {
  const known = new Set(before.prompts.flatMap(({ audio }) => audio.map(({ hash }) => hash)));
  const problems: FieldProblem[] = [];
  for (const [i, prompt] of after.prompts.entries()) {
    for (const [j, { hash }] of prompt.audio.entries()) {
      if (known.has(hash) || await store.has(tenantId, hash)) continue;
      problems.push({
        path: `prompts.${i}.audio.${j}.hash`,
        code: "audio_missing",
        message: "There is no such audio: upload it first",
      });
    }
  }
  return problems;
}
