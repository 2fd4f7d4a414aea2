import type { StrandResolution } from "../../../protocol/configuration/configuration_plan.ts";
import type { ListedKind } from "../../../protocol/configuration/entity_kinds.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { FieldProblem } from "../../../protocol/errors/problem.ts";
import type { ConfigurationEditor } from "../configuration_editor.ts";
import type { ConfigurationIndex } from "../configuration_index.ts";
import { fieldsInvalid } from "../fields_invalid.ts";
import { withoutEntity } from "./with_entity.ts";

/** What to delete, and what is to become of whom it would strand. */
export interface Deletion {
  kind: ListedKind;
  id: string;
  resolution: StrandResolution;
}

/**
 * Deletes an entity that nothing refers to.
 *
 * @param expects Looks at what is there, and throws if it is not what the caller thinks.
 * @throws AntiphonError `conflict` naming the fields that refer to it, `would_strand`, and whatever
 * `expects` throws
 */
export async function deleteEntity(
  editor: ConfigurationEditor,
  tenantId: string,
  { kind, id, resolution }: Deletion,
  expects: (current: ConfigurationIndex) => void,
): Promise<void> {
  await editor.change(tenantId, (current) => {
    expects(current);
    const document = withoutEntity(current.document, kind, id);
    return { document, resolution, tolerant: true, refusal };
  });
}

function refusal(problems: readonly FieldProblem[]): AntiphonError {
  const named = fieldsInvalid(problems);
  if (problems.some(({ path }) => path.startsWith("moveTo."))) return named;
  return new AntiphonError("conflict", "Others refer to it: change the fields in errors first", {
    data: named.data,
  });
}
