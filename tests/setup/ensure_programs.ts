import { installPackages } from "./install_packages.ts";

/** Where packages of PostgreSQL look for whether to make a cluster of Debian's own. */
const OWN_CLUSTER = "/etc/postgresql-common/createcluster.d";
/** Where packages ask whether they may start what they bring (invoke-rc.d(8)). */
const POLICY = "/usr/sbin/policy-rc.d";

/**
 * Makes sure that programs are installed: on Debian as root by apt-get, elsewhere it names what is
 * missing. Nothing that the packages bring is started.
 * @param programs Names, or paths, and the packages that bring them.
 * @throws Error in one sentence that says what is missing and how to mend it
 */
export async function ensurePrograms(
  programs: Readonly<Record<string, string>>,
  say: (line: string) => void,
): Promise<void> {
  const missing = await absent(programs);
  if (missing.length === 0) return;
  await using _ = await startNothing();
  await installPackages(missing, missing.map((program) => programs[program]), say);
  const still = await absent(programs);
  if (still.length > 0) {
    throw new Error(`apt-get did not bring: ${still.join(", ")}. Look at its output above`);
  }
}

async function absent(programs: Readonly<Record<string, string>>): Promise<string[]> {
  const found = await Promise.all(
    Object.keys(programs).map(async (program) => {
      const { success } = await new Deno.Command("sh", {
        args: ["-c", `command -v ${program}`],
        stdout: "null",
        stderr: "null",
      }).output();
      return success ? [] : [program];
    }),
  );
  return found.flat();
}

/** While this lasts packages start no service, and make no PostgreSQL cluster. */
async function startNothing(): Promise<AsyncDisposable> {
  await using made = new AsyncDisposableStack();
  // Elsewhere, or as another user, nothing is installed.
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return made.move();
  await Deno.mkdir(OWN_CLUSTER, { recursive: true });
  const file = `${OWN_CLUSTER}/antiphon.conf`;
  await Deno.writeTextFile(file, "create_main_cluster = false\n");
  made.defer(() => Deno.remove(file));
  const policy = await Deno.stat(POLICY).then(() => true, () => false);
  if (!policy) {
    await Deno.writeTextFile(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
    made.defer(() => Deno.remove(POLICY));
  }
  return made.move();
}
