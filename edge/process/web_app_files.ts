import { localPath } from "./local_path.ts";

/** The web app: its program and the one that builds it, its page, and what it is made from. */
export const WEB_APP_FILES = {
  source: localPath("../desktop/"),
  entry: localPath("../desktop/main.ts"),
  build: localPath("../desktop/build.ts"),
  folder: localPath("../desktop/dist/"),
  page: localPath("../desktop/dist/index.html"),
  sources: ["../desktop/", "../../protocol/", "../../deno.json", "../../deno.lock"].map(localPath),
} as const;
