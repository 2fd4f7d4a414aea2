import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { PinnedKeys } from "../../protocol/snapshot_signature/pinned_keys.ts";

/**
 * Reads the control plane's public keys that this PoP believes.
 * @throws AntiphonError `configuration_invalid`
 */
export async function readPinnedKeys(path: string): Promise<PinnedKeys> {
  try {
    return PinnedKeys.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (cause) {
    throw new AntiphonError(
      "configuration_invalid",
      `CONTROL_PLANE_KEYS_FILE ${path} holds no public keys of the control plane`,
      { cause },
    );
  }
}
