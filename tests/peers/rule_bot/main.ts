import { parseArgs } from "node:util";
import { BotRules } from "./bot_rules.ts";
import { RuleBot } from "./rule_bot.ts";

const USAGE = `A bot that answers by rules, for trying virtual agents.
  --secret whsec_…   the virtual agent's secret
  --port N           where to listen on this machine (9300; 0 for any)
  --rules FILE       its rules as JSON (beside this program)
`;

if (import.meta.main) {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ options: { secret: text, port: text, rules: text } });
  const say = (line: string) => Deno.stdout.write(new TextEncoder().encode(`${line}\n`));
  if (values.secret === undefined) {
    await say(USAGE);
    Deno.exit(2);
  }
  const file = values.rules ?? new URL("rules.json", import.meta.url);
  const rules = BotRules.parse(JSON.parse(await Deno.readTextFile(file)));
  const bot = new RuleBot(rules, values.secret, Number(values.port ?? 9300));
  const urls = { webhook: bot.url("webhook"), streaming: bot.url("streaming") };
  await say(JSON.stringify({ event: "listening", port: bot.port, ...urls }));
}
