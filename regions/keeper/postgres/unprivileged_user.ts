import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/** A user of the system. */
export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

/**
 * The user that PostgreSQL runs as when we are root, which it refuses: `postgres`, or else
 * `nobody`. Undefined when we are an ordinary user: it runs as ourselves.
 * @throws AntiphonError `unavailable` when we are root and neither exists
 */
export async function unprivilegedUser(
  own: number | null = Deno.uid(),
  candidates: readonly string[] = ["postgres", "nobody"],
): Promise<SystemUser | undefined> {
  if (own !== 0) return undefined;
  for (const name of candidates) {
    const [uid, gid] = await Promise.all([id("-u", name), id("-g", name)]);
    if (uid && gid) return { name, uid, gid };
  }
  throw new AntiphonError(
    "unavailable",
    "PostgreSQL refuses to run as root and there is no user postgres or nobody: add one with " +
      "`useradd --system postgres`, or start as an ordinary user",
  );
}

async function id(option: string, name: string): Promise<number | undefined> {
  const { success, stdout } = await new Deno.Command("id", {
    args: [option, name],
    stderr: "null",
  }).output();
  return success ? Number(new TextDecoder().decode(stdout)) : undefined;
}
