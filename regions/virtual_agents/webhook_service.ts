import type { Kysely } from "kysely";
import type { VirtualAgent } from "../../protocol/configuration/virtual_agent.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { OutgoingAnswer, OutgoingHttp } from "../egress/outgoing_http.ts";
import { loadMessages } from "../messages/load_messages.ts";
import type { Sealer } from "../secrets/sealer.ts";
import type { TenantKeys } from "../secrets/tenant_keys.ts";
import type { ServiceCall, ServiceHandler } from "../services/service_call.ts";
import { BotAnswer } from "./bot_answer.ts";
import { botSecret } from "./bot_secret.ts";
import { signTurn } from "./sign_turn.ts";
import type { BotFault, TurnAnswer } from "./turn_answer.ts";
import { TurnRequest } from "./turn_request.ts";

/** What a {@linkcode webhookService} needs of its cell. */
export interface WebhookPorts {
  db: Kysely<CellTables>;
  sealer: Sealer;
  keys: Pick<TenantKeys, "open" | "seal">;
  http: Pick<OutgoingHttp, "exchange">;
  /** Epoch ms. */
  now: () => number;
  log: Logger;
}

/** Bytes of a bot's answer at most. */
const LARGEST_ANSWER = 64 << 10;
/** How long connecting may take, in milliseconds. */
const CONNECT_MS = 5_000;

/** Carries out turns of dialogues with webhook bots. */
export function webhookService(ports: WebhookPorts): ServiceHandler {
  return async (call, signal) => {
    const request = TurnRequest.parse(call.request);
    const { virtualAgentId, turn } = request;
    const agent = call.configuration.virtualAgents.get(virtualAgentId);
    const failed = (fault: BotFault): TurnAnswer => ({ outcome: "failed", turn, fault });
    if (agent?.adapter !== "webhook" || !agent.authorised) return failed("not-authorised");
    try {
      const { tenantId } = call;
      const answer = await ask(agent, call, request, ports, signal);
      if (answer.status >= 300 && answer.status < 400) return failed("redirected");
      if (answer.status !== 200) return failed("refused");
      const read = readAnswer(answer);
      if (!read) return failed("invalid-answer");
      return await answered(request, read, (text) => ports.keys.seal(tenantId, text));
    } catch (error) {
      if (signal.aborted) throw error;
      const fault = faultOf(error);
      ports.log.info("virtual-agent.failed", {
        ...{ tenantId: call.tenantId, interactionId: call.interactionId },
        ...{ virtualAgentId, turn, fault, error },
      });
      return failed(fault);
    }
  };
}

/** Sends the turn; once more when nothing at all came back and there is time. */
async function ask(
  agent: VirtualAgent,
  call: ServiceCall,
  request: TurnRequest,
  ports: WebhookPorts,
  signal: AbortSignal,
): Promise<OutgoingAnswer> {
  const { tenantId } = call;
  const body = new TextEncoder().encode(JSON.stringify(await bodyOf(call, request, ports)));
  const secret = await botSecret(ports.db, ports.sealer, tenantId, agent.id);
  // The same for a repeat, so that a bot that has heard it already can answer what it answered.
  const id = `${request.sessionId}:${request.turn}`;
  for (let attempt = 1;; attempt++) {
    const totalMs = request.until - ports.now();
    if (totalMs <= 0) throw new AntiphonError("deadline_exceeded", "There is no time left");
    const headers = {
      "content-type": "application/json",
      accept: "application/json",
      "user-agent": "Antiphon",
      ...signTurn(secret, id, body, ports.now()),
    };
    const times = { connectMs: Math.min(CONNECT_MS, totalMs), firstByteMs: totalMs, totalMs };
    try {
      const url = new URL(agent.url);
      return await ports.http.exchange(
        tenantId,
        { method: "POST", url, headers, body },
        times,
        signal,
      );
    } catch (error) {
      const lost = error instanceof AntiphonError && error.code === "service_unreachable";
      if (!lost || attempt === 2) throw error;
    }
  }
}

/** What the bot is told. */
async function bodyOf({ tenantId }: ServiceCall, request: TurnRequest, ports: WebhookPorts) {
  const open = (sealed: string) => ports.keys.open(tenantId, sealed);
  const { sessionId, channel, language, turn, input } = request;
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.variables)) {
    variables[name] = typeof value === "string" ? value : await open(value.sealed);
  }
  return {
    ...{ version: 1, sessionId, tenantId, channel, language, turn },
    input: await inputOf(input),
    variables,
  };

  async function inputOf(input: TurnRequest["input"]) {
    if (input.type === "text") {
      const messages = await loadMessages(ports.db, tenantId, { messageIds: input.messageIds });
      return { type: "text", text: messages.map(({ text }) => text).join("\n") };
    }
    if (input.type !== "digits") return input;
    const digits = input.sealed === null ? input.digits ?? "" : await open(input.sealed);
    return { type: "digits", digits };
  }
}

function readAnswer({ body }: OutgoingAnswer): BotAnswer | null {
  if (body.length > LARGEST_ANSWER) return null;
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    // No JSON is an answer that cannot be understood, like any other.
    return null;
  }
  const read = BotAnswer.safeParse(json);
  return read.success ? read.data : null;
}

async function answered(
  { turn, seals }: TurnRequest,
  { messages, expect: input, outcome, ...times }: BotAnswer,
  seal: (text: string) => Promise<string>,
): Promise<TurnAnswer> {
  const { maxDigits, firstDigitSeconds, interDigitSeconds } = times;
  const variables = { ...outcome?.variables };
  const sealed: Record<string, string> = {};
  for (const name of seals) {
    if (variables[name] === undefined) continue;
    sealed[name] = await seal(variables[name]);
    delete variables[name];
  }
  return {
    ...{ outcome: "answered", turn, texts: messages.map(({ text }) => text) },
    expects: { input, maxDigits, firstDigitSeconds, interDigitSeconds },
    ended: outcome
      ? { type: outcome.type, reason: outcome.reason ?? null, variables, sealed }
      : null,
  };
}

function faultOf(error: unknown): BotFault {
  if (!(error instanceof AntiphonError)) return "internal";
  switch (error.code) {
    case "egress_refused":
      return "refused-address";
    case "deadline_exceeded":
      return "deadline";
    case "service_unreachable":
    case "tls_refused":
      return "unreachable";
    case "answer_too_large":
    case "answer_unreadable":
      return "invalid-answer";
    case "unknown_entity":
      return "not-authorised";
    default:
      return "internal";
  }
}
