import assert from "node:assert/strict";
import { espeakVoice, readEspeakVoices } from "./espeak_voices.ts";

const LISTING =
  `Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn (zh-cmn 5)(zh 5)
 5  de              --/M      German             gmw/de
 2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
 2  en-us           --/M      English_(America)  gmw/en-US            (en 3)
 5  fr-fr           --/M      French_(France)    roa/fr               (fr 5)
 5  nb              --/M      Norwegian_Bokmål   gmq/nb               (no 5)
 5  pt              --/M      Portuguese_(Portugal) roa/pt            (pt-pt 5)
 5  pt-br           --/M      Portuguese_(Brazil) roa/pt-BR           (pt 6)
`;

Deno.test("espeakVoice() takes the region's voice, else the language's", () => {
  const voices = new Set(readEspeakVoices(LISTING));
  assert.equal(voices.size, 8);
  const wanted = {
    "de": "de",
    "de-AT": "de",
    "en": "en-gb",
    "en-US": "en-us",
    "en-AU": "en-gb",
    "fr-CA": "fr-fr",
    "pt-BR": "pt-br",
    "pt-PT": "pt",
    "no": "nb",
    "zh-Hant-TW": "cmn",
    "xx": undefined,
  };
  for (const [tag, voice] of Object.entries(wanted)) {
    assert.equal(espeakVoice(tag, voices), voice, tag);
  }
});

Deno.test("readEspeakVoices() makes nothing of nothing", () => {
  assert.deepEqual(readEspeakVoices(""), []);
});
