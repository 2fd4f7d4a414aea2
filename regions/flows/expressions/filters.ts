import { DATE_FILTERS } from "./filters/date_filters.ts";
import { JSON_FILTERS } from "./filters/json_filters.ts";
import { LIST_FILTERS } from "./filters/list_filters.ts";
import { NUMBER_FILTERS } from "./filters/number_filters.ts";
import { PHONE_FILTERS } from "./filters/phone_filters.ts";
import { TEXT_FILTERS } from "./filters/text_filters.ts";
import type { Signature } from "./signature.ts";

/** Every filter by its name. */
export const FILTERS: ReadonlyMap<string, Signature> = new Map(
  [TEXT_FILTERS, NUMBER_FILTERS, LIST_FILTERS, DATE_FILTERS, JSON_FILTERS, PHONE_FILTERS]
    .flat().map((filter) => [filter.name, filter]),
);
