import { join } from "node:path";
import type { LocalState } from "../layout/local_state.ts";
import { DEMO } from "../seed/demo_facts.ts";

const role = (username: string) =>
  DEMO.agents.some(({ id, roles }) => id === username && roles.some((r) => r === "admin"))
    ? ", administrator"
    : "";

/** What a person wants to know once everything runs: where to look, how to sign in, what to try. */
export function welcome(state: LocalState, dataFolder: string): string {
  const elsewhere = dataFolder === ".antiphon" ? "" : ` --data ${dataFolder}`;
  const lines = [
    "",
    "Antiphon runs.",
    "",
    ...(state.consoleUrl ? [`  Console         ${state.consoleUrl}`] : []),
    `  Agent desktop   ${state.edgeUrl}`,
    `  Partner API     ${state.controlPlaneUrl}/docs`,
    `  SIP             Frankfurt ${state.sip.FRA}, New York ${state.sip.NYC} (UDP and TCP)`,
    ...(state.standby
      ? [`  Clusters        deno task cluster status${elsewhere}; drill E39 kills a site for real`]
      : []),
    `  Logs            ${join(dataFolder, "logs")}`,
  ];
  const { demo } = state;
  if (demo) {
    lines.push(
      "",
      `  Sign in to the desktop with tenant ${demo.slug} as`,
      ...demo.agents.map(({ username, password, name }) =>
        `    ${username.padEnd(6)} ${password}   (${name}${role(username)})`
      ),
      "",
      `  Then become available and call ${demo.number}:`,
      state.consoleUrl ? "    press Place a call in the console, or run" : "    run",
      `    deno task call${elsewhere}            (1: sales, 2: support; --digit 2)`,
    );
  }
  lines.push("", "Ctrl-C stops everything; what is stored is there at the next start.", "");
  return lines.join("\n");
}
