import { join } from "node:path";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { writeAtomically } from "../layout/write_atomically.ts";
import { DEMO } from "./demo_facts.ts";

/** Secrets of the demo tenant, made once; the partner's come from the platform. */
export const DemoSecrets = z.object({
  partner: z.object({ clientId: z.string(), clientSecret: z.string() }).nullable(),
  passwords: z.record(z.string(), z.string()),
  /** Digest of the configuration that was stored last: what people change since then stays. */
  configured: z.string().nullable().default(null),
  whatsapp: z.object({ appSecret: z.string(), verifyToken: z.string(), accessToken: z.string() }),
});
export type DemoSecrets = z.infer<typeof DemoSecrets>;

/** Where the demo's secrets are kept between starts. */
export interface DemoSecretStore {
  read(): Promise<DemoSecrets>;
  write(secrets: DemoSecrets): Promise<void>;
}

/** Keeps the demo's secrets in `demo.json` of the secrets folder, mode 0600. */
export function demoSecretFile(folder: string): DemoSecretStore {
  const path = join(folder, "demo.json");
  const write = (secrets: DemoSecrets) => writeAtomically(path, JSON.stringify(secrets, null, 2));
  return {
    write,
    read: async () => {
      try {
        const known = DemoSecrets.parse(JSON.parse(await Deno.readTextFile(path)));
        // Whoever came to the demo since then has a new password.
        return { ...known, passwords: { ...makeDemoSecrets().passwords, ...known.passwords } };
      } catch (cause) {
        if (!(cause instanceof Deno.errors.NotFound)) {
          throw new AntiphonError("configuration_invalid", `${path} is damaged: delete it`, {
            cause,
          });
        }
      }
      const secrets = makeDemoSecrets();
      await write(secrets);
      return secrets;
    },
  };
}

/** Makes new secrets. Passwords are three groups of four letters and digits, easy to type. */
export function makeDemoSecrets(): DemoSecrets {
  return {
    partner: null,
    passwords: Object.fromEntries(DEMO.agents.map(({ id }) => [id, password()])),
    configured: null,
    whatsapp: { appSecret: hex(16), verifyToken: hex(16), accessToken: hex(24) },
  };
}

/** No letters or digits that look alike: 31 signs, 12 of them, 59 bits. */
const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

function password(): string {
  const signs: string[] = [];
  while (signs.length < 12) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    // Bytes past the last whole multiple would make some signs likelier.
    if (byte < ALPHABET.length * 8) signs.push(ALPHABET[byte % ALPHABET.length]);
  }
  return signs.join("").replace(/(.{4})(?!$)/g, "$1-");
}

function hex(bytes: number): string {
  return crypto.getRandomValues(new Uint8Array(bytes)).toHex();
}
