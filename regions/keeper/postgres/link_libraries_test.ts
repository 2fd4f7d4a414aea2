import assert from "node:assert/strict";
import { join } from "node:path";
import { linkLibraries } from "./link_libraries.ts";

async function native(): Promise<string> {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(
    join(folder, "pg-symlinks.json"),
    JSON.stringify([{ source: "native/lib/liba.so.1.2", target: "native/lib/liba.so.1" }]),
  );
  return folder;
}

Deno.test("linkLibraries() makes the links beside the libraries, and mends a wrong one", async () => {
  const folder = await native();
  await Deno.mkdir(join(folder, "lib"));
  const elsewhere = join(folder, "elsewhere");
  assert.equal(await linkLibraries(folder, elsewhere), join(folder, "lib"));
  const link = join(folder, "lib", "liba.so.1");
  assert.equal(await Deno.readLink(link), "liba.so.1.2");
  await Deno.remove(link);
  await Deno.symlink("gone", link);
  await Promise.all([linkLibraries(folder, elsewhere), linkLibraries(folder, elsewhere)]);
  assert.equal(await Deno.readLink(link), "liba.so.1.2");
  await Deno.remove(folder, { recursive: true });
});

Deno.test({
  name: "linkLibraries() makes the links elsewhere when the libraries' folder is read-only",
  // Not even root may make files in /sys.
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const folder = await native();
    await Deno.symlink("/sys/kernel", join(folder, "lib"));
    const elsewhere = join(folder, "elsewhere");
    assert.equal(await linkLibraries(folder, elsewhere), elsewhere);
    const target = await Deno.readLink(join(elsewhere, "liba.so.1"));
    assert.match(target, /native\/lib\/liba\.so\.1\.2$/);
    await Deno.remove(folder, { recursive: true });
  },
});
