import assert from "node:assert/strict";
import { useTestCell } from "../testing/use_test_cell.ts";

const cell = useTestCell();

Deno.test("an entity is made, read, replaced and deleted by its ETag", async () => {
  const tenantId = await cell().tenant();
  const token = await cell().token(tenantId);
  const path = "/v1/configuration/sites";
  const body = { id: "annex", name: "Annex" };
  const made = await cell().call("POST", path, { token, body });
  assert.deepEqual([made.status, made.body], [201, body]);
  assert.equal(made.headers.get("location"), `${path}/annex`);
  const read = await cell().call("GET", `${path}/annex`, { token });
  assert.deepEqual([read.status, read.body, read.etag], [200, body, made.etag]);
  const again = await cell().call("POST", path, { token, body });
  assert.deepEqual([again.status, again.body.code], [409, "conflict"]);

  const renamed = { ...body, name: "Annex B" };
  const put = (headers: Record<string, string>) =>
    cell().call("PUT", `${path}/annex`, { token, body: renamed, headers });
  const without = await put({});
  assert.deepEqual([without.status, without.body.code], [428, "precondition_required"]);
  const replaced = await put({ "if-match": made.etag! });
  assert.deepEqual([replaced.status, replaced.body], [200, renamed]);
  assert.notEqual(replaced.etag, made.etag);
  const stale = await put({ "if-match": made.etag! });
  assert.deepEqual([stale.status, stale.body.code, stale.etag], [
    412,
    "precondition_failed",
    replaced.etag,
  ]);
  const same = await put({ "if-match": replaced.etag! });
  assert.deepEqual([same.status, same.etag], [200, replaced.etag]);

  const remove = (headers: Record<string, string>) =>
    cell().call("DELETE", `${path}/annex`, { token, headers });
  assert.equal((await remove({})).status, 428);
  assert.equal((await remove({ "if-match": made.etag! })).status, 412);
  assert.equal((await remove({ "if-match": replaced.etag! })).status, 204);
  assert.equal((await cell().call("GET", `${path}/annex`, { token })).status, 404);
});
