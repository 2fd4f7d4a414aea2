import { z } from "zod";
import { FlowDocument } from "../flow/flow_document.ts";
import { AgentConfiguration } from "./agent_configuration.ts";
import { AssetSender } from "./asset_sender.ts";
import { BusinessHours } from "./business_hours.ts";
import { Connector } from "./connector.ts";
import { EntryPoint } from "./entry_point.ts";
import { GlobalVariable } from "./global_variable.ts";
import { HolidayList } from "./holiday_list.ts";
import { MultimediaProfile } from "./multimedia_profile.ts";
import { Named } from "./named.ts";
import { Prompt } from "./prompt.ts";
import { QueueConfiguration } from "./queue_configuration.ts";
import { Site } from "./site.ts";
import { Skill } from "./skill.ts";
import { SkillProfile } from "./skill_profile.ts";
import { Team } from "./team.ts";
import { TenantSettings } from "./tenant_settings.ts";
import { VirtualAgent } from "./virtual_agent.ts";

/**
 * All that a tenant's contact centre is made of, as one document. It is applied whole and is
 * idempotent: applying it twice changes nothing.
 */
export const TenantConfiguration = z.object({
  sites: z.array(Site).max(1000),
  teams: z.array(Team).max(5000),
  agents: z.array(AgentConfiguration).max(50_000),
  skills: z.array(Skill).max(1000).default([]),
  skillProfiles: z.array(SkillProfile).max(5000).default([]),
  multimediaProfiles: z.array(MultimediaProfile).max(500).default([]),
  queues: z.array(QueueConfiguration).max(5000),
  flows: z.array(FlowDocument).max(1000),
  entryPoints: z.array(EntryPoint).max(5000),
  businessHours: z.array(BusinessHours).max(1000).default([]),
  holidayLists: z.array(HolidayList).max(500).default([]),
  idleCodes: z.array(Named).max(200),
  wrapUpCodes: z.array(Named).max(500),
  prompts: z.array(Prompt).max(5000).default([]),
  globalVariables: z.array(GlobalVariable).max(500).default([]),
  assetSenders: z.array(AssetSender).max(1000).default([]),
  connectors: z.array(Connector).max(200).default([]),
  virtualAgents: z.array(VirtualAgent).max(200).default([]),
  settings: TenantSettings.prefault({}),
});
export type TenantConfiguration = z.infer<typeof TenantConfiguration>;
