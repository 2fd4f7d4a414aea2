/** Programs that the lab needs beside those of the end-to-end suite, and their Debian packages. */
export const LAB_PROGRAMS: Readonly<Record<string, string>> = {
  vde_switch: "vde-switch",
  wirefilter: "vde-wirefilter",
  nft: "nftables",
  socat: "socat",
  tcpdump: "tcpdump",
  faketime: "faketime",
  ip: "iproute2",
  sipp: "sip-tester",
  baresip: "baresip-core",
  chromium: "chromium",
};

/** What keeps the lab from running here: absent programs, or "root" or "linux". Empty: nothing. */
export async function missingPrograms(): Promise<string[]> {
  if (Deno.build.os !== "linux") return ["linux"];
  if (Deno.uid() !== 0) return ["root"];
  const found = await Promise.all(
    Object.keys(LAB_PROGRAMS).map(async (program) => {
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
