import { join } from "node:path";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { writeAtomically } from "./write_atomically.ts";

const Secret = z.string().min(32);

/** Secrets of one installation, made once. */
export const Secrets = z.object({
  operator: z.object({ clientId: z.string(), clientSecret: Secret }),
  /** Keys under which provider secrets are sealed, by service: base64url of 32 bytes. */
  sealing: z.object({ "control-plane": Secret, E39: Secret, C14: Secret }),
  /** Keys under which PoPs encrypt recordings: base64url of 32 bytes. */
  recordings: z.object({ FRA: Secret, NYC: Secret }),
  /** PostgreSQL passwords. */
  superuser: z.object({ "control-plane": Secret, E39: Secret, C14: Secret }),
  owner: z.object({ "control-plane": Secret, E39: Secret, C14: Secret }),
  subscriber: z.object({ E39: Secret, C14: Secret }),
  /** Of the roles with which standbys stream. */
  replication: z.object({ E39: Secret, C14: Secret }),
});
export type Secrets = z.infer<typeof Secrets>;

/**
 * Reads the installation's secrets, or makes them at the first start (mode 0600); one made
 * when there were fewer kinds gets those that it lacks.
 * @throws AntiphonError `configuration_invalid` when the file is damaged
 */
export async function readOrMakeSecrets(folder: string): Promise<Secrets> {
  const path = join(folder, "secrets.json");
  try {
    const kept: Record<string, unknown> = JSON.parse(await Deno.readTextFile(path));
    const made = makeSecrets();
    if (Object.keys(made).every((kind) => kind in kept)) return Secrets.parse(kept);
    return await store(path, { ...made, ...kept });
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) {
      throw new AntiphonError(
        "configuration_invalid",
        `${path} is damaged: restore it, or delete the data folder to start afresh`,
        { cause },
      );
    }
  }
  return await store(path, makeSecrets());
}

async function store(path: string, made: Record<string, unknown>): Promise<Secrets> {
  const secrets = Secrets.parse(made);
  await writeAtomically(path, JSON.stringify(secrets, null, 2));
  return secrets;
}

function makeSecrets(): Secrets {
  const three = () => ({ "control-plane": random(), E39: random(), C14: random() });
  return {
    operator: { clientId: "operator", clientSecret: random() },
    sealing: three(),
    recordings: { FRA: random(), NYC: random() },
    superuser: three(),
    owner: three(),
    subscriber: { E39: random(), C14: random() },
    replication: { E39: random(), C14: random() },
  };
}

/** 32 random bytes as base64url. */
function random(): string {
  return crypto.getRandomValues(new Uint8Array(32)).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
}
