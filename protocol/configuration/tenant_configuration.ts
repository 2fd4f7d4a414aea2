import { z } from "zod";
import { Role } from "../access_token/access_token_claims.ts";
import { DisplayName, PhoneNumber, Slug, Uuid } from "../ids/names.ts";
import { FlowDocument } from "../flow/flow_document.ts";

const Named = z.object({ id: Slug, name: DisplayName });

export const Team = Named.extend({ siteId: Slug });

export const AgentConfiguration = Named.extend({
  username: z.string().min(1).max(120),
  teamIds: z.array(Slug).min(1).max(32),
  roles: z.array(Role).min(1).default(["agent"]),
  /** Write-only. Needed for a new agent; left out, the password stays. */
  password: z.string().min(8).max(256).optional(),
});

/** A group of teams that joins the search for an agent once a contact has waited this long. */
export const DistributionGroup = z.object({
  afterSeconds: z.number().int().min(0).max(86_400),
  teamIds: z.array(Slug).min(1).max(64),
});

export const QueueConfiguration = Named.extend({
  kind: z.enum(["voice", "digital"]),
  distribution: z.array(DistributionGroup).min(1).max(16),
});
export type QueueConfiguration = z.infer<typeof QueueConfiguration>;

export const EntryPoint = z.discriminatedUnion("channel", [
  Named.extend({ channel: z.literal("voice"), number: PhoneNumber, flowId: Slug }),
  Named.extend({ channel: z.literal("whatsapp"), assetId: Uuid, flowId: Slug }),
]);
export type EntryPoint = z.infer<typeof EntryPoint>;

/** Where and as whom a cell sends a digital asset's messages. The asset itself is a partner resource. */
export const AssetSender = z.object({
  assetId: Uuid,
  channel: z.literal("whatsapp"),
  phoneNumberId: z.string().regex(/^[0-9]{5,20}$/),
  apiBase: z.url().default("https://graph.facebook.com/v23.0"),
  /** Write-only. */
  accessToken: z.string().min(1).max(1024).optional(),
});

/** Times and limits of a tenant. Seconds throughout. */
export const TenantSettings = z.object({
  /** Unanswered offers end after this (RONA). */
  offerSeconds: z.object({
    voice: z.number().int().min(3).max(120).default(20),
    digital: z.number().int().min(3).max(600).default(60),
  }).prefault({}),
  /** Wrap-up ends by itself after this. */
  wrapUpSeconds: z.number().int().min(1).max(3600).default(120),
  /** Contacts an agent handles at once, by kind. A voice contact excludes new digital offers. */
  capacity: z.object({
    voice: z.number().int().min(0).max(1).default(1),
    digital: z.number().int().min(0).max(20).default(3),
  }).prefault({}),
  /** A caller who waited this long is released. */
  maxQueueSeconds: z.number().int().min(10).max(86_400).default(3600),
  /** A digital contact that nobody touched for this long is closed. */
  digitalIdleSeconds: z.number().int().min(60).max(30 * 86_400).default(86_400),
});

/**
 * All that a tenant's contact centre is made of, as one document. It is applied whole and is
 * idempotent: applying it twice changes nothing.
 */
export const TenantConfiguration = z.object({
  sites: z.array(Named).max(1000),
  teams: z.array(Team).max(5000),
  agents: z.array(AgentConfiguration).max(50_000),
  queues: z.array(QueueConfiguration).max(5000),
  flows: z.array(FlowDocument).max(1000),
  entryPoints: z.array(EntryPoint).max(5000),
  idleCodes: z.array(Named).max(200),
  wrapUpCodes: z.array(Named).max(500),
  assetSenders: z.array(AssetSender).max(1000).default([]),
  settings: TenantSettings.prefault({}),
});
export type TenantConfiguration = z.infer<typeof TenantConfiguration>;
