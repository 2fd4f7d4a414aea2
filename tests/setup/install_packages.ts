/**
 * Installs Debian packages, as root.
 * @throws Error in one sentence that says what is missing and how to mend it
 */
export async function installPackages(
  programs: readonly string[],
  packages: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const debian = await Deno.stat("/etc/debian_version").then(() => true, () => false);
  if (!debian || Deno.uid() !== 0) {
    const how = debian ? `sudo apt-get install ${packages.join(" ")}` : "your package manager";
    throw new Error(`Missing programs: ${programs.join(", ")}. Install them with ${how}`);
  }
  say(`Installing ${packages.join(", ")}`);
  await apt(["update"]);
  await apt(["install", "-y", "--no-install-recommends", ...packages]);
}

async function apt(args: string[]): Promise<void> {
  const { success } = await new Deno.Command("apt-get", {
    args: ["-o", "DPkg::Lock::Timeout=120", ...args],
    env: { DEBIAN_FRONTEND: "noninteractive" },
    stdin: "null",
    stdout: "null",
  }).output();
  if (!success) throw new Error(`apt-get ${args[0]} failed: see its message above`);
}
