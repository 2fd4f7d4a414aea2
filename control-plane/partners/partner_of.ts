import type { Kysely } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { ControlTables } from "../database/control_tables.ts";
import { fieldProblem } from "../http/field_problem.ts";
import type { Principal } from "../tokens/principal.ts";

/**
 * Whose thing is being made: the calling partner's, or the one that the operator names.
 * @throws AntiphonError `forbidden` when a partner names another, `invalid_request` when the
 *   operator names none or one that does not exist
 */
export async function partnerOf(
  db: Kysely<ControlTables>,
  principal: Principal,
  named: string | undefined,
): Promise<string> {
  if (principal.kind === "partner") {
    if (named === undefined || named === principal.partnerId) return principal.partnerId;
    throw new AntiphonError("forbidden", "Only the operator acts for other partners");
  }
  const partner = named === undefined ? undefined : await db.selectFrom("control.partners")
    .select("id").where("id", "=", named).executeTakeFirst();
  if (partner) return partner.id;
  throw fieldProblem({ path: "partnerId", message: "The operator names an existing partner here" });
}
