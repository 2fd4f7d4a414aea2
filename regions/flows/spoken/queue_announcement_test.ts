import assert from "node:assert/strict";
import fc from "fast-check";
import { queueAnnouncement } from "./queue_announcement.ts";
import { QUEUE_PHRASES } from "./queue_phrases.ts";

Deno.test("queueAnnouncement() says places and waits in the caller's language", () => {
  const said = (news: Parameters<typeof queueAnnouncement>[0], language: string) =>
    queueAnnouncement(news, language).text;
  assert.equal(said({ position: 1 }, "en-US"), "You are next in line.");
  assert.equal(said({ position: 3 }, "de"), "Sie sind in der Warteschlange auf Platz 3.");
  assert.match(said({ waitSeconds: 20 }, "fr"), /moins d'une minute/);
  assert.match(said({ waitSeconds: 60 }, "de-AT"), /etwa eine Minute\./);
  assert.match(said({ waitSeconds: 61 }, "de-AT"), /etwa 2 Minuten\./);
  assert.match(said({ waitSeconds: 60 }, "nl"), /één minuut/);
  assert.match(said({ waitSeconds: 600 }, "it"), /circa 10 minuti/);
  assert.match(said({ waitSeconds: 600 }, "es-MX"), /10 minutos/);
  assert.match(said({ waitSeconds: 60 }, "pt-BR"), /cerca de um minuto/);
  assert.match(said({ waitSeconds: 3700 }, "en"), /more than an hour/);
});

Deno.test("queueAnnouncement() speaks English where it knows no phrases", () => {
  assert.deepEqual(queueAnnouncement({ position: 2 }, "ja-JP"), {
    text: "You are number 2 in the queue.",
    language: "en",
  });
});

Deno.test("queueAnnouncement() always has something to say, with the number in it", () => {
  const language = fc.constantFrom(...Object.keys(QUEUE_PHRASES));
  fc.assert(fc.property(language, fc.nat(10_000), (language, seconds) => {
    const { text } = queueAnnouncement({ waitSeconds: seconds }, language);
    assert.ok(text.length > 10 && !text.includes("#"), text);
    const minutes = Math.ceil(seconds / 60);
    if (minutes > 1 && minutes <= 60) assert.ok(text.includes(String(minutes)), text);
  }));
  fc.assert(fc.property(language, fc.integer({ min: 2, max: 500 }), (language, position) => {
    assert.ok(queueAnnouncement({ position }, language).text.includes(String(position)));
  }));
});
