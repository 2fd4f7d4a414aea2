import type { Entry } from "../history/entry.ts";
import { ofKind } from "./of_kind.ts";

/** What became of messages that the platform had acknowledged. */
export interface MessagesVerdict {
  /** Webhooks and agents' replies that were acknowledged. */
  acknowledged: number;
  /** Acknowledged, and not there in the end. */
  lost: number;
  /** There more than once. */
  doubled: number;
  /** Behind one that was sent after the other had been acknowledged. */
  reordered: number;
  /** Replies that the provider got more than once, and acknowledged ones that it never got. */
  repliesDoubled: number;
  repliesLost: number;
  /** Replies of which nobody knows whether they were sent, and whose agents were told so. */
  repliesUnsure: number;
}

/** Compares what was acknowledged with what is there, and with what came to the provider. */
export function checkMessages(history: readonly Entry[]): MessagesVerdict {
  const ops = ofKind(history, "op");
  const stored = ofKind(history, "message");
  const key = (conversation: string, text: string) => JSON.stringify([conversation, text]);
  const times = new Map<string, number>();
  for (const { conversation, text } of stored) {
    times.set(key(conversation, text), (times.get(key(conversation, text)) ?? 0) + 1);
  }
  const acked = ops.filter((it) => it.phase === "ok" && it.text !== undefined);
  const has = (it: { conversation?: string; text?: string }) =>
    times.get(key(it.conversation!, it.text!)) ?? 0;
  const provider = new Map<string, number>();
  for (const it of ofKind(history, "outside")) {
    if (it.service !== "provider") continue;
    const sent = key(it.to ?? "", it.text ?? "");
    provider.set(sent, (provider.get(sent) ?? 0) + 1);
  }
  const unsure = new Set(
    stored.filter((it) => it.failed).map((it) => key(it.conversation, it.text)),
  );
  const replies = acked.filter((it) => it.op === "command")
    .map((it) => key(it.conversation!, it.text!));
  return {
    acknowledged: acked.length,
    lost: acked.filter((it) => has(it) === 0).length,
    doubled: [...times.values()].filter((count) => count > 1).length,
    reordered: reordered(history),
    repliesDoubled: [...provider.values()].filter((count) => count > 1).length,
    repliesLost: replies.filter((it) => !provider.has(it) && !unsure.has(it)).length,
    repliesUnsure: replies.filter((it) => unsure.has(it)).length,
  };
}

/** Messages that stand behind a later one: later is what was sent after the other's answer. */
function reordered(history: readonly Entry[]): number {
  const span = new Map<string, { invoked: number; ended: number }>();
  for (const it of ofKind(history, "op")) {
    if (it.text === undefined) continue;
    const known = span.get(`${it.conversation} ${it.text}`) ??
      { invoked: Infinity, ended: Infinity };
    if (it.phase === "invoke") known.invoked = it.at;
    if (it.phase === "ok") known.ended = it.at;
    span.set(`${it.conversation} ${it.text}`, known);
  }
  const lines = Map.groupBy(
    ofKind(history, "message"),
    (it) => `${it.direction} ${it.conversation}`,
  );
  let count = 0;
  for (const messages of lines.values()) {
    const sorted = [...messages].sort((a, b) => a.order - b.order);
    const spans = sorted.map((it) => span.get(`${it.conversation} ${it.text}`));
    for (const [i, mine] of spans.entries()) {
      if (mine && spans.slice(0, i).some((it) => it && it.invoked > mine.ended)) count += 1;
    }
  }
  return count;
}
