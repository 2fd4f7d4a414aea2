import assert from "node:assert/strict";
import { meetsRequirement } from "./meets_requirement.ts";

const skills = { german: 7, licensed: true, region: "North", languages: ["de", "en"] };

Deno.test("meetsRequirement() compares proficiencies, an unknown one being 0", () => {
  assert.equal(meetsRequirement(skills, { skillId: "german", atLeast: 7 }), true);
  assert.equal(meetsRequirement(skills, { skillId: "german", atLeast: 8 }), false);
  assert.equal(meetsRequirement(skills, { skillId: "french", atLeast: 1 }), false);
  assert.equal(meetsRequirement(skills, { skillId: "french", atLeast: 0 }), true);
});

Deno.test("meetsRequirement() takes booleans as they are, an unknown one as false", () => {
  assert.equal(meetsRequirement(skills, { skillId: "licensed", is: true }), true);
  assert.equal(meetsRequirement(skills, { skillId: "licensed", is: false }), false);
  assert.equal(meetsRequirement(skills, { skillId: "trainee", is: false }), true);
  assert.equal(meetsRequirement(skills, { skillId: "trainee", is: true }), false);
});

Deno.test("meetsRequirement() wants the same text, and one of an enumeration's words", () => {
  assert.equal(meetsRequirement(skills, { skillId: "region", is: "North" }), true);
  assert.equal(meetsRequirement(skills, { skillId: "region", is: "north" }), false);
  assert.equal(meetsRequirement(skills, { skillId: "languages", is: "en" }), true);
  assert.equal(meetsRequirement(skills, { skillId: "languages", is: "fr" }), false);
  assert.equal(meetsRequirement(skills, { skillId: "nothing", is: "fr" }), false);
});
