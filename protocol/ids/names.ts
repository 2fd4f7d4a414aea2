import { z } from "zod";

/** A cluster's name: a letter and digits ("E39"). */
export const ClusterId = z.string().regex(/^[A-Z][0-9]{1,4}$/, "a letter and digits, like E39");
/** A region's name ("eu-central"). */
export const RegionId = z.string().regex(/^[a-z]{2,12}(-[a-z0-9]{1,16}){0,3}$/);
/** A point of presence ("FRA"). */
export const PopId = z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,15}$/);
/** An id the platform made: a UUID. */
export const Uuid = z.uuid();
/** An id a tenant's administrator chose, unique per kind within the tenant ("sales"). */
export const Slug = z.string().regex(
  /^[a-z0-9][a-z0-9-]{0,62}$/,
  "lower-case letters, digits and hyphens, at most 63",
);
/** A telephone number in E.164 form ("+4969900100"). */
export const PhoneNumber = z.string().regex(/^\+[1-9][0-9]{2,14}$/, "E.164, like +4969900100");
/** A host's name in the DNS (RFC 1123 section 2.1); its last label is never all digits. */
export const DnsName = z.string().max(253).regex(
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*(?=[A-Za-z0-9-]*[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
  "an IP address or a host name",
);
/** Milliseconds since the Unix epoch, UTC. */
export const Millis = z.number().int().nonnegative();
/** The Postgres timeline under which a cluster's holder acts. Grows with every failover. */
export const Epoch = z.number().int().positive();
/** A name shown to people. */
export const DisplayName = z.string().trim().min(1).max(120);
/** Kinds of conversation. */
export const Channel = z.enum(["voice", "whatsapp"]);
export type Channel = z.infer<typeof Channel>;
/** Identity of a process that speaks to others: "cell:E39", "pop:FRA", "keeper:eu-central". */
export const ServiceName = z.string().regex(
  /^(control-plane|operator|(cell|pop|edge|keeper):[A-Za-z0-9-]{1,32})$/,
);
/** How much a tenant's acknowledged work outlives: the loss of a region, or of a machine only. */
export const Durability = z.enum(["region", "zone"]);
export type Durability = z.infer<typeof Durability>;

/** A language as a BCP 47 tag of language, script and region ("en", "pt-BR", "zh-Hant-TW"). */
export const LanguageTag = z.string().regex(
  /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/,
  'a language tag, like "en" or "pt-BR"',
);

/** Name of a time zone of the IANA database, such as `Europe/Berlin`. */
export const TimeZone = z.string().min(1).max(64).refine(isTimeZone, "an IANA time zone");

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
