import assert from "node:assert/strict";
import { popLink } from "./pop_link.ts";

Deno.test("popLink opens https addresses and nothing else", () => {
  assert.deepEqual(popLink({ url: "https://crm.example/c/1?a=b", title: "Customer" }), {
    ...{ href: "https://crm.example/c/1?a=b", title: "Customer", host: "crm.example" },
  });
  assert.equal(popLink({ url: "https://crm.example", title: " " })?.title, "crm.example");
  const others = ["http://crm.example", "javascript:alert(1)", "data:text/html,x", "crm", ""];
  for (const url of [...others, "https://bank.example@evil.example/"]) {
    assert.equal(popLink({ url, title: "x" }), null, url);
  }
  assert.equal(popLink(null), null);
});
