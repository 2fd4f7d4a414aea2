import { installPackages } from "./install_packages.ts";

/**
 * Programs that the end-to-end suite plays the outside world with, or that the documents' commands
 * need, and their Debian packages.
 */
const PEERS: Readonly<Record<string, string>> = {
  chromium: "chromium",
  sipp: "sip-tester",
  baresip: "baresip-core",
  ip: "iproute2",
  curl: "curl",
  jq: "jq",
  "espeak-ng": "espeak-ng",
};

/**
 * Makes sure that the peers are installed: on Debian as root by apt-get, elsewhere it names what is
 * missing.
 * @throws Error in one sentence that says what is missing and how to mend it
 */
export async function ensurePeers(say: (line: string) => void): Promise<void> {
  const missing = await absent();
  if (missing.length === 0) return;
  await installPackages(missing, missing.map((program) => PEERS[program]), say);
  const still = await absent();
  if (still.length > 0) {
    throw new Error(`apt-get did not bring: ${still.join(", ")}. Look at its output above`);
  }
}

async function absent(): Promise<string[]> {
  const found = await Promise.all(
    Object.keys(PEERS).map(async (program) => {
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
