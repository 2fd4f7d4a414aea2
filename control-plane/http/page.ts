import { z } from "zod";

/** Query of a list: how many, and after which id. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  after: z.string().min(1).max(64).optional().meta({
    description: "`next` of the page before",
  }),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** A page of a list. `next` is null on the last one. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** Cuts a page from rows of which one more than `limit` was asked for. */
export function cutPage<T>(
  rows: T[],
  limit: number,
  keyOf: (row: T) => string,
): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? keyOf(items[limit - 1]) : null };
}
