import type { KeptInstallation } from "./kept_installation.ts";

/**
 * How a program of PostgreSQL is run: as its user, from a folder that this user may read, and with
 * nothing of our own environment.
 */
export function programEnvironment(
  { binaries, user }: Pick<KeptInstallation, "binaries" | "user">,
  env: Readonly<Record<string, string>> = {},
): Pick<Deno.CommandOptions, "cwd" | "clearEnv" | "env" | "uid" | "gid"> {
  return {
    cwd: "/",
    clearEnv: true,
    env: {
      PATH: "/usr/local/bin:/usr/bin:/bin",
      LC_ALL: "C.UTF-8",
      ...(binaries.libraries === null ? {} : { LD_LIBRARY_PATH: binaries.libraries }),
      ...env,
    },
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  };
}
