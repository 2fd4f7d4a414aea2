import { z } from "zod";
import type { PartnerApi } from "./partner_api.ts";

/**
 * Finds an item of a list that the partner API gives page by page, or makes it. The key of the POST
 * depends on what is asked for, so that a repeat whose first answer got lost makes no second one.
 */
export async function ensureItem<T>(
  api: PartnerApi,
  path: string,
  item: z.ZodType<T>,
  isWanted: (item: T) => boolean,
  body: Readonly<Record<string, unknown>>,
): Promise<T> {
  const page = z.object({ items: z.array(item), next: z.string().nullish() });
  let after: string | null | undefined;
  do {
    const query = after ? `?after=${encodeURIComponent(after)}` : "";
    const { items, next } = await api.send({
      method: "GET",
      path: `${path}${query}`,
      answer: page,
    });
    const found = items.find(isWanted);
    if (found) return found;
    after = next;
  } while (after);
  return await api.send({
    method: "POST",
    path,
    body,
    idempotencyKey: await keyOf(path, body),
    answer: item,
  });
}

async function keyOf(path: string, body: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([path, body]));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
