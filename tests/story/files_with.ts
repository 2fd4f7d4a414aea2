import { Buffer } from "node:buffer";
import { join } from "node:path";

/** Files below a folder in which some text stands: as UTF-8, UTF-16 or base64. */
export async function filesWith(folder: string, text: string): Promise<string[]> {
  const forms = [Buffer.from(text), Buffer.from(text, "utf16le"), ...inBase64(text)];
  const found: string[] = [];
  for await (const path of filesBelow(folder)) {
    const bytes = await Deno.readFile(path).catch(() => new Uint8Array());
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (forms.some((form) => content.includes(form))) found.push(path);
  }
  return found;
}

/** What of a text's base64 does not depend on what stands around it. */
function inBase64(text: string): Buffer[] {
  return [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString("base64url");
    return Buffer.from(whole.slice(shift === 0 ? 0 : 4, 4 * Math.floor((shift + text.length) / 3)));
  });
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* filesBelow(path);
    else if (entry.isFile) yield path;
  }
}
