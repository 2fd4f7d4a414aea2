/** When a call of SIPp's was dialled and what came of it, in ms since the Unix epoch. */
export interface SippCallTimes {
  call: string;
  dialledAt: number;
  answeredAt: number | null;
  refusedAt: number | null;
  /** The refusal's status. */
  status: number | null;
}

/** Reads SIPp's `-trace_shortmsg` (version 3.6): one message a line, tab-separated. */
export function readShortMessages(text: string): SippCallTimes[] {
  const calls = new Map<string, SippCallTimes>();
  for (const line of text.split("\n")) {
    const fields = line.split("\t").map((field) => field.trim());
    const time = fields.find((field) => /^\d{9,}\.\d+$/.test(field));
    const way = fields.indexOf("S") >= 0 ? "S" : fields.indexOf("R") >= 0 ? "R" : undefined;
    if (time === undefined || way === undefined) continue;
    const [call, cseq, first = ""] = fields.slice(fields.indexOf(way) + 1);
    if (!/INVITE/.test(cseq)) continue;
    const at = Number(time) * 1000;
    if (way === "S" && first.startsWith("INVITE") && !calls.has(call)) {
      const open = { answeredAt: null, refusedAt: null, status: null };
      calls.set(call, { call, dialledAt: at, ...open });
    }
    const known = calls.get(call);
    const status = Number(/^SIP\/2\.0 (\d{3})/.exec(first)?.[1] ?? 0);
    if (way !== "R" || !known || status < 200) continue;
    if (status < 300) known.answeredAt ??= at;
    else if (known.answeredAt === null) {
      known.refusedAt ??= at;
      known.status ??= status;
    }
  }
  return [...calls.values()];
}
