import { basename, dirname, join } from "node:path";
import { z } from "zod";

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Makes the library links that an npm package cannot carry, from its `pg-symlinks.json`: beside
 * the libraries, or in `elsewhere` when that folder is read-only.
 *
 * @param native the package's `native` folder
 * @returns the folder that holds the links
 */
export async function linkLibraries(native: string, elsewhere: string): Promise<string> {
  const links = Links.parse(
    JSON.parse(await Deno.readTextFile(join(native, "pg-symlinks.json"))),
  );
  const beside = join(native, "lib");
  try {
    await make(links, beside, basename);
    return beside;
  } catch (error) {
    if (!isReadOnly(error)) throw error;
    await Deno.mkdir(elsewhere, { recursive: true });
    await Deno.chmod(elsewhere, 0o755);
    await make(links, elsewhere, (source) => join(dirname(native), source));
    return elsewhere;
  }
}

async function make(
  links: z.infer<typeof Links>,
  folder: string,
  pointTo: (source: string) => string,
): Promise<void> {
  for (const { source, target } of links) {
    const path = join(folder, basename(target));
    const wanted = pointTo(source);
    const now = await Deno.readLink(path).catch(() => undefined);
    if (now === wanted) continue;
    // Put in place by a rename: another start may do the same just now.
    const fresh = join(folder, `.${basename(target)}-${crypto.randomUUID()}`);
    await Deno.symlink(wanted, fresh);
    await Deno.rename(fresh, path);
  }
}

function isReadOnly(error: unknown): boolean {
  return error instanceof Deno.errors.PermissionDenied ||
    (error instanceof Error && (error as { code?: string }).code === "EROFS");
}
