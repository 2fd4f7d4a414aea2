import * as fc from "fast-check";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { ASSET } from "./tenant_harness.ts";

const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .map((text) => `N${text.replaceAll("\0", "")}`);
const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,5}$/);
const some = (ids: readonly string[]) => fc.subarray([...ids], { minLength: 1 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const named = (ids: readonly string[], more: object = {}) =>
  fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(id), name, ...more })));

/** Any configuration that is valid, with entities of every kind that refer to each other. */
export const randomConfiguration: fc.Arbitrary<TenantConfiguration> = fc.record({
  skillIds: fc.uniqueArray(slug, { minLength: 1, maxLength: 4 }),
  teamIds: fc.uniqueArray(slug, { minLength: 1, maxLength: 4 }),
  agentIds: fc.uniqueArray(slug, { maxLength: 6 }),
  queueIds: fc.uniqueArray(slug, { minLength: 1, maxLength: 4 }),
}).chain(({ skillIds, teamIds, agentIds, queueIds }) =>
  fc.record({
    sites: named(["hq"], { multimediaProfileId: fc.constantFrom(undefined, "usual") }),
    teams: named(teamIds, { siteId: fc.constant("hq") }),
    agents: fc.tuple(...agentIds.map((id) =>
      fc.record({
        ...{ id: fc.constant(id), username: fc.constant(`${id}@example.com`) },
        ...{ name, teamIds: some(teamIds) },
        roles: some(["agent", "supervisor", "admin"]),
        skills: fc.dictionary(fc.constantFrom(...skillIds), fc.integer({ min: 0, max: 10 })),
      })
    )),
    skills: named(skillIds, { kind: fc.constant("proficiency") }),
    multimediaProfiles: named(["usual"], { social: fc.integer({ min: 0, max: 5 }) }),
    queues: named(queueIds, {
      kind: fc.constant("voice"),
      relativePriority: fc.integer({ min: 0, max: 10 }),
      distribution: some(teamIds).map((ids) =>
        ids.map((id, i) => ({ afterSeconds: i * 30, teamIds: [id] }))
      ),
      maxWaitSeconds: maybe(fc.integer({ min: 10, max: 600 })),
    }),
    flows: named(["first"], {
      kind: fc.constant("voice"),
      start: fc.constant("wait"),
      variables: fc.dictionary(
        fc.stringMatching(/^[a-z][A-Za-z]{0,4}$/),
        fc.oneof(name, fc.record({ value: name, agentViewable: fc.boolean() })),
        { maxKeys: 3 },
      ),
      activities: fc.record({
        wait: fc.record({
          type: fc.constant("queue"),
          queueId: fc.constantFrom(...queueIds),
          requirements: fc.constantFrom(...skillIds)
            .map((skillId) => [{ skillId, atLeast: 3 }]),
        }),
        bye: fc.constant({ type: "hang-up" }),
      }),
    }),
    entryPoints: named(["main"], {
      ...{ channel: fc.constant("voice"), number: fc.constant("+4969900100") },
      flowId: fc.constant("first"),
    }),
    businessHours: named(["week"], {
      timeZone: fc.constantFrom("Europe/Berlin", "UTC"),
      weekly: fc.constantFrom([], [{ days: ["mon"], times: [{ from: "09:00", to: "17:00" }] }]),
      holidayListIds: fc.constantFrom([], ["state"]),
    }),
    holidayLists: named(["state"], {
      days: fc.constantFrom([], [{ name: "New Year", date: "2027-01-01", yearly: true }]),
    }),
    idleCodes: named(["break"]),
    wrapUpCodes: fc.constant([]),
    globalVariables: named(["tier"], { value: name, reportable: fc.boolean() }),
    connectors: named(["crm"], {
      baseUrl: fc.constantFrom("https://crm.example/api", "https://help.example"),
      authorised: fc.boolean(),
      methods: fc.constantFrom(["GET"], ["GET", "PUT"]),
      headers: fc.constantFrom({}, { "x-team": "voice" }),
    }),
    assetSenders: fc.constant([{ assetId: ASSET, channel: "whatsapp", phoneNumberId: "10655" }]),
    settings: fc.record({
      wrapUpSeconds: fc.constantFrom(60, 120),
      emergencyClosure: fc.boolean(),
    }),
  })
).map((document) => TenantConfiguration.parse(JSON.parse(JSON.stringify(document))));
