import assert from "node:assert/strict";
import fc from "fast-check";
import type { SkillValue } from "../../../protocol/configuration/skill.ts";
import type { SkillValues } from "../../../protocol/configuration/skill_profile.ts";
import type { SkillRequirement } from "../../../protocol/configuration/skill_requirement.ts";
import { agentProfileOf } from "../../../regions/agents/agent_profile.ts";
import { indexConfiguration } from "../../../regions/configuration/configuration_index.ts";
import { hasRoom } from "../../../regions/routing/has_room.ts";
import { meetsRequirement } from "../../../regions/skills/meets_requirement.ts";
import { makeConfiguration } from "../tenants/make_configuration.ts";
import { profileOf, roomLeft } from "./room_left.ts";
import { meets, skillsOf } from "./skills_of.ts";

const MEDIA = ["voice", "chat", "email", "social"] as const;
const media = fc.constantFrom(...MEDIA);

Deno.test("roomLeft() counted one by one is what the core says by its counts", () => {
  const profile = fc.record({
    voice: fc.nat(1),
    chat: fc.nat(3),
    email: fc.nat(3),
    social: fc.nat(3),
    blending: fc.constantFrom("exclusive", "blended", "blended-real-time", "voice-first"),
  });
  fc.assert(fc.property(profile, fc.array(media, { maxLength: 6 }), media, (p, has, next) => {
    const capacity = { ...p, blending: p.blending as "exclusive" };
    const load = { voice: 0, chat: 0, email: 0, social: 0 };
    for (const kind of has) load[kind] += 1;
    assert.equal(roomLeft(capacity, has, next), hasRoom(capacity, load, next));
  }));
});

Deno.test("skillsOf() and profileOf() find what the core finds in a configuration", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const document = makeConfiguration(seed, 0);
    const index = indexConfiguration(document, new Map(), new Map());
    for (const { id } of document.agents) {
      const profile = agentProfileOf(index, id)!;
      assert.deepEqual(skillsOf(document, id), profile.skills);
      const { voice, chat, email, social, blending } = profileOf(document, id);
      assert.deepEqual({ voice, chat, email, social, blending }, profile.capacity);
    }
  }
});

Deno.test("meets() agrees with the core about every kind of skill", () => {
  const words = ["red", "blue", "green"];
  const atLeast = fc.record({ skillId: fc.constant("s"), atLeast: fc.nat(10) });
  const is = <T>(value: fc.Arbitrary<T>) => fc.record({ skillId: fc.constant("s"), is: value });
  const kinds = [
    fc.tuple(fc.option(fc.nat(10)), atLeast),
    fc.tuple(fc.option(fc.boolean()), is(fc.boolean())),
    fc.tuple(fc.option(fc.constantFrom(...words)), is(fc.constantFrom(...words))),
    fc.tuple(fc.option(fc.subarray(words, { minLength: 1 })), is(fc.constantFrom(...words))),
  ];
  for (const kind of kinds) {
    fc.assert(fc.property(kind as fc.Arbitrary<[SkillValue | null, SkillRequirement]>, (pair) => {
      const [has, asked] = pair;
      const skills: SkillValues = has === null ? {} : { s: has };
      assert.equal(meets(skills, asked), meetsRequirement(skills, asked));
    }));
  }
});
