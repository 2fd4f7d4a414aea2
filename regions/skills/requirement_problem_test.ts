import assert from "node:assert/strict";
import { Skill } from "../../protocol/configuration/skill.ts";
import { requirementProblem } from "./requirement_problem.ts";

const skills = new Map(
  [
    { id: "german", name: "German", kind: "proficiency" },
    { id: "licensed", name: "Licensed", kind: "boolean" },
    { id: "region", name: "Region", kind: "text" },
    { id: "words", name: "Languages", kind: "enumeration", words: ["de", "en"] },
  ].map((skill) => [skill.id, Skill.parse(skill)]),
);
const code = (requirement: Parameters<typeof requirementProblem>[0]) =>
  requirementProblem(requirement, skills)?.code ?? null;

Deno.test("requirementProblem() finds nothing wrong with a value of the skill's kind", () => {
  assert.equal(code({ skillId: "german", atLeast: 5 }), null);
  assert.equal(code({ skillId: "licensed", is: false }), null);
  assert.equal(code({ skillId: "region", is: "North" }), null);
  assert.equal(code({ skillId: "words", is: "en" }), null);
});

Deno.test("requirementProblem() refuses values out of the skill's kind, and unknown skills", () => {
  assert.equal(code({ skillId: "german", is: true }), "skill_value_invalid");
  assert.equal(code({ skillId: "licensed", atLeast: 1 }), "skill_value_invalid");
  assert.equal(code({ skillId: "licensed", is: "yes" }), "skill_value_invalid");
  assert.equal(code({ skillId: "region", is: true }), "skill_value_invalid");
  assert.equal(code({ skillId: "words", is: "fr" }), "skill_value_invalid");
  assert.equal(code({ skillId: "french", atLeast: 1 }), "reference_unknown");
});
