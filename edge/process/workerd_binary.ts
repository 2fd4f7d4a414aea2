import { createRequire } from "node:module";
import process from "node:process";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

const PLATFORMS: Record<string, string> = {
  "linux-x64": "linux-64",
  "linux-arm64": "linux-arm64",
  "darwin-x64": "darwin-64",
  "darwin-arm64": "darwin-arm64",
};

/**
 * Path of workerd's program, which lies in the npm package of this machine's platform.
 * @throws AntiphonError `configuration_invalid` when it is not installed
 */
export function workerdBinary(): string {
  const platform = PLATFORMS[`${process.platform}-${process.arch}`] ?? process.platform;
  try {
    const workerd = createRequire(import.meta.url).resolve("workerd/package.json");
    return createRequire(workerd).resolve(`@cloudflare/workerd-${platform}/bin/workerd`);
  } catch (cause) {
    throw new AntiphonError("configuration_invalid", "Run deno install: workerd is missing", {
      data: { platform },
      cause,
    });
  }
}
