import type { AgentBrowser } from "../peers/agent_browser.ts";
import { until } from "../peers/until.ts";
import type { Stage } from "./stage.ts";

/** What a conversation by message showed. */
export interface MessageReport {
  /** From the webhook's POST to the 200, in ms. */
  storedMs: number;
  /** From the webhook's POST until the text stood on the agent's screen, in ms. */
  onScreenMs: number;
  /** Texts as the provider got them, in order: the flow's greeting, then the agent's replies. */
  replies: string[];
  replyDelivered: boolean;
  duplicatesShown: number;
}

const CONTACT = "4915112345678";

/** A message arrives, is greeted, offered and read; two replies go out in order. */
export async function inboundMessage(
  stage: Stage,
  desktop: AgentBrowser,
): Promise<MessageReport> {
  const { provider } = stage;
  const before = provider.sent.length;
  await desktop.goAvailable();
  const first = provider.webhook(CONTACT, "Where is my suitcase?", "wamid.first");
  await expectStored(provider.post(first));
  await desktop.offer();
  await desktop.at("accept").click();
  await shown(desktop, "Where is my suitcase?");

  const second = provider.webhook(CONTACT, "It is the red one", "wamid.second");
  const postedAt = performance.now();
  await expectStored(provider.post(second));
  const storedMs = performance.now() - postedAt;
  await shown(desktop, "It is the red one");
  const onScreenMs = performance.now() - postedAt;

  await expectStored(provider.post(second));
  for (const text of ["It is on the next flight", "It arrives at ten"]) {
    await desktop.at("reply").fill(text);
    await desktop.at("send").click();
  }
  await until("both replies at the provider", () => provider.sent.length >= before + 3);
  // The repeat was posted before the replies: had it been taken twice, it would stand there now.
  const copies = await desktop.page.getByTestId("message").filter({ hasText: "It is the red one" })
    .count();
  const replies = provider.sent.slice(before).map((message) => message.text);
  await desktop.at("end").click();
  await desktop.wrapUp("resolved");
  return {
    storedMs,
    onScreenMs,
    replies,
    replyDelivered: replies.at(-1) === "It arrives at ten",
    duplicatesShown: copies - 1,
  };
}

/** Waits until a message stands in the open thread. */
export async function shown(desktop: AgentBrowser, text: string): Promise<void> {
  await desktop.page.getByTestId("message").filter({ hasText: text }).first()
    .waitFor({ timeout: 20_000 });
}

export async function expectStored(answer: Promise<Response>): Promise<void> {
  const response = await answer;
  const body = await response.text();
  if (response.status !== 200) throw new Error(`webhook: ${response.status} ${body}`);
}
