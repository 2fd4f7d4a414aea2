import { join } from "node:path";

/**
 * The socket at which the start listens for commands about its processes. Its folder is for our
 * eyes only. A path for a socket holds some hundred characters at most.
 */
export function controlPath(dataFolder: string): string {
  return join(dataFolder, "run", "control.sock");
}
