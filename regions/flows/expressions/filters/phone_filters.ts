import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js";
import { Kind } from "../kind.ts";
import type { Signature } from "../signature.ts";

const FORMATS = ["e164", "national", "international", "spoken"];

/** Filters of telephone numbers. */
export const PHONE_FILTERS: readonly Signature[] = [{
  name: "phone",
  takes: Kind.text | Kind.number,
  params: [{
    name: "format",
    kinds: Kind.text,
    optional: true,
    problem: (it) =>
      FORMATS.includes(it as string) ? undefined : `format is one of ${FORMATS.join(", ")}`,
  }],
  gives: Kind.text,
  run: (of, [format = "international"], run) => {
    run.step(20);
    const text = String(of).trim().replace(/^sips?:|^tel:/i, "").slice(0, 64);
    const { region } = run.scope;
    const country = region && isSupportedCountry(region) ? region as CountryCode : undefined;
    const phone = parsePhoneNumberFromString(text, country);
    if (!phone?.isPossible()) return null;
    if (format === "national") return phone.formatNational();
    if (format === "international") return phone.formatInternational();
    if (format === "e164") return phone.number;
    return phone.formatInternational().replace(/\D+/g, " ").trim().split(" ")
      .map((group) => [...group].join(" ")).join(", ");
  },
}];
