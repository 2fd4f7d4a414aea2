/** Certificates of a test, in a folder of their own. */
export interface TestCertificates {
  folder: string;
  /** The authority's certificate, PEM. */
  ca: string;
  /** Paths of a certificate for "localhost" and 127.0.0.1, and of its key. */
  files: Record<"ec" | "rsa" | "stranger" | "expired", { cert: string; key: string }>;
  remove(): Promise<void>;
}

const EXTENSIONS = [
  "subjectAltName=DNS:localhost,IP:127.0.0.1",
  "basicConstraints=CA:FALSE",
  "extendedKeyUsage=serverAuth",
].join("\n");
const KEYS = {
  ec: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
  rsa: ["-newkey", "rsa:2048"],
};

/** Makes an authority and certificates by it, one by a stranger, and one that has expired. */
export async function testCertificates(): Promise<TestCertificates> {
  const folder = await Deno.makeTempDir({ prefix: "certificates-" });
  const at = (name: string) => `${folder}/${name}`;
  await Deno.writeTextFile(at("extensions"), EXTENSIONS);
  await Deno.writeTextFile(at("db"), "");
  const authority = (name: string) =>
    openssl([
      ...["req", "-x509", ...KEYS.ec, "-nodes", "-days", "2", "-subj", `/CN=${name}`],
      ...["-keyout", at(`${name}.key`), "-out", at(`${name}.pem`)],
    ]);
  await authority("authority");
  await authority("other");
  const signed = async (name: string, kind: "ec" | "rsa", by: string, days: string[]) => {
    const [cert, key, csr] = [at(`${name}.pem`), at(`${name}.key`), at(`${name}.csr`)];
    await openssl([
      ...["req", ...KEYS[kind], "-nodes", "-subj", "/CN=localhost", "-keyout", key, "-out", csr],
    ]);
    await openssl([
      ...["x509", "-req", "-in", csr, "-CA", at(`${by}.pem`), "-CAkey", at(`${by}.key`)],
      ...["-CAcreateserial", ...days, "-extfile", at("extensions"), "-out", cert],
    ]);
    return { cert, key };
  };
  const files = {
    ec: await signed("ec", "ec", "authority", ["-days", "2"]),
    rsa: await signed("rsa", "rsa", "authority", ["-days", "2"]),
    stranger: await signed("stranger", "ec", "other", ["-days", "2"]),
    expired: await signed("expired", "ec", "authority", ["-days", "-1"]),
  };
  return {
    ...{ folder, files, ca: await Deno.readTextFile(at("authority.pem")) },
    remove: () => Deno.remove(folder, { recursive: true }),
  };
}

async function openssl(args: string[]): Promise<void> {
  const command = new Deno.Command("openssl", { args, stdout: "null", stderr: "piped" });
  const { success, stderr } = await command.output();
  if (!success) throw new Error(`openssl ${args[0]}: ${new TextDecoder().decode(stderr)}`);
}
