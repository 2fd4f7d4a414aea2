import assert from "node:assert/strict";
import postgres from "postgres";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { fromDatabaseError } from "./from_database_error.ts";

const sqlState = (code: string, constraint_name?: string) =>
  Object.assign(new postgres.PostgresError(code as never), { code, constraint_name });
const codeOf = (error: unknown) => {
  const mapped = fromDatabaseError(error);
  return mapped instanceof AntiphonError ? mapped.code : mapped;
};

Deno.test("fromDatabaseError() names what is taken", () => {
  const mapped = fromDatabaseError(sqlState("23505", "tenants_slug_key")) as AntiphonError;
  assert.equal(mapped.code, "conflict");
  assert.equal(mapped.data.field, "slug");
});

Deno.test("fromDatabaseError() tells a server that is away from one that is busy", () => {
  assert.equal(
    codeOf(Object.assign(new Error(), { code: "ECONNREFUSED" })),
    "database_unavailable",
  );
  assert.equal(codeOf(sqlState("57P01")), "database_unavailable");
  assert.equal(codeOf(sqlState("55P03")), "deadline_exceeded");
  assert.equal(codeOf(sqlState("40P01")), "unavailable");
});

Deno.test("fromDatabaseError() leaves what it does not know", () => {
  for (const error of [new Error("x"), sqlState("42P01"), sqlState("23505", "x"), null, "x"]) {
    assert.equal(codeOf(error), error);
  }
});
