import type { PhoneLine } from "./phone_line.ts";

const WORDS: Readonly<Record<string, string>> = {
  calling: "Calling",
  ringing: "It rings",
  answered: "Answered",
  ivr: "The greeting is heard",
  digits: "The digit is dialled",
  queued: "In the queue: hold music is heard",
  "with-agent": "With an agent: a voice is heard",
};

/** A line of progress in words; undefined for what a person need not see (each second's level). */
export function describePhoneLine(line: PhoneLine): string | undefined {
  if (line.event === "failed") return `The call could not be placed. ${line.message ?? ""}`.trim();
  if (line.event === "ended") {
    const status = line.status ? ` (${line.status})` : "";
    const why = line.reason ?? { local_bye: "hung up here", remote_bye: "hung up there" }[
      line.endedBy ?? ""
    ] ?? line.endedBy ?? "";
    return `Ended: ${why}${status}`;
  }
  const words = WORDS[line.event];
  if (!words) return undefined;
  return line.afterMs === undefined ? words : `${words} after ${line.afterMs} ms`;
}
