import type { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/**
 * Reads a JSON file that an operator wrote and parses it by its schema.
 *
 * @param setting The environment variable that named the file, for the message.
 * @throws AntiphonError `configuration_invalid` when it cannot be read, is no JSON or does not fit.
 *   The message names fields, never values: the file may hold a key.
 */
export async function readJsonFile<T extends z.ZodType>(
  path: string,
  schema: T,
  setting: string,
): Promise<z.infer<T>> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (cause) {
    throw invalid(`${setting}: ${path} cannot be read: make it readable or name another`, cause);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid(`${setting}: ${path} is not JSON`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw invalid(`${setting}: ${path} does not fit: ${wrong.join("; ")}`);
}

function invalid(message: string, cause?: unknown): AntiphonError {
  return new AntiphonError("configuration_invalid", message, { cause });
}
