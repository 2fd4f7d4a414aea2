import { AIRLINE } from "./airline.ts";
import { BANK } from "./bank.ts";
import { BOT } from "./bot.ts";
import { CLINIC } from "./clinic.ts";
import { DELIVERY } from "./delivery.ts";
import { EMERGENCY } from "./emergency.ts";
import type { FlowDraft } from "./flow_draft.ts";
import { OFFICE_GREETING, PUBLIC_OFFICE } from "./public_office.ts";
import { reengagement } from "./reengagement.ts";
import { TRIAGE } from "./triage.ts";
import { VIP } from "./vip.ts";

/** Ten centres' flows, and one that is called. */
export const FLOWS: readonly FlowDraft[] = [
  AIRLINE,
  BANK,
  BOT,
  CLINIC,
  DELIVERY,
  EMERGENCY,
  OFFICE_GREETING,
  PUBLIC_OFFICE,
  reengagement(),
  TRIAGE,
  VIP,
];
