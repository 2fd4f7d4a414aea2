import assert from "node:assert/strict";
import { join } from "node:path";
import { barrierFor } from "./barrier_for.ts";
import { findPackage } from "./find_package.ts";
import { postgresHome } from "./postgres_home.ts";
import { unprivilegedUser } from "./unprivileged_user.ts";

const somebody = { name: "somebody", uid: 54_321, gid: 54_321 };

Deno.test("barrierFor() finds the folder that lets a user not pass", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const inner = join(folder, "a", "b");
  await Deno.mkdir(inner, { recursive: true });
  await Deno.chmod(folder, 0o711);
  assert.equal(await barrierFor(somebody, inner), undefined);
  await Deno.chmod(join(folder, "a"), 0o700);
  assert.equal(await barrierFor(somebody, inner), join(folder, "a"));
  const owner = { name: "owner", uid: Deno.uid()!, gid: Deno.gid()! };
  assert.equal(await barrierFor(owner, inner), undefined);
  await Deno.remove(folder, { recursive: true });
});

Deno.test({
  name: "postgresHome() moves data that its user cannot reach, and empties another's leavings",
  ignore: Deno.uid() !== 0,
  fn: async () => {
    const user = await unprivilegedUser();
    const [root, fallbackRoot] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
    await Deno.chmod(root, 0o700);
    const dataFolder = join(root, "postgres");
    const options = { dataFolder, user, fallbackRoot, installation: "one", binFolder: null };
    const { folder, moved } = await postgresHome(options);
    assert.ok(folder.startsWith(fallbackRoot));
    assert.match(moved!, /may not pass/);
    await Deno.writeTextFile(join(folder, "kept"), "");
    await postgresHome(options);
    await Deno.stat(join(folder, "kept"));
    await postgresHome({ ...options, installation: "two" });
    await assert.rejects(Deno.stat(join(folder, "kept")), Deno.errors.NotFound);
    await Deno.chown(folder, 54_321, 54_321);
    await assert.rejects(postgresHome(options), { code: "conflict" });

    await Deno.chmod(root, 0o711);
    assert.equal((await postgresHome(options)).folder, dataFolder);
    for (const path of [root, fallbackRoot]) await Deno.remove(path, { recursive: true });
  },
});

Deno.test("findPackage() says which machine there is no PostgreSQL for", async () => {
  await assert.rejects(findPackage("linux", "riscv64"), /no PostgreSQL for linux-riscv64/);
});

Deno.test("unprivilegedUser() is somebody else only for root", async () => {
  assert.equal(await unprivilegedUser(1000), undefined);
  const found = await unprivilegedUser(0, ["no-such-user", "nobody"]);
  assert.equal(found!.name, "nobody");
  assert.ok(found!.uid > 0);
  await assert.rejects(unprivilegedUser(0, ["no-such-user"]), /no user postgres or nobody/);
});
