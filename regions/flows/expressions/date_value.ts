import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

const FIRST = Date.parse("0001-01-01T00:00:00Z");
const LAST = Date.parse("9999-12-31T23:59:59.999Z");

/** A day, maybe with a time, maybe with its offset. */
const ISO_8601 =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** A moment, with milliseconds. Prints as ISO 8601 in UTC, also within JSON. */
export class DateValue {
  /** Epoch milliseconds, whole, of the years 1 to 9999; else `expression_failed`. */
  constructor(readonly at: number) {
    if (!Number.isInteger(at) || at < FIRST || at > LAST) {
      throw new AntiphonError("expression_failed", "A date must be in the years 1 to 9999");
    }
  }

  /** Reads ISO 8601; without an offset it is local time in `timeZone`. `undefined` if it is none. */
  static parse(text: string, timeZone: string): DateValue | undefined {
    const match = ISO_8601.exec(text);
    if (!match) return undefined;
    try {
      if (match[1]) {
        return new DateValue(Temporal.Instant.from(text).epochMilliseconds);
      }
      const local = Temporal.PlainDateTime.from(text);
      return new DateValue(local.toZonedDateTime(timeZone).epochMilliseconds);
    } catch (error) {
      if (error instanceof RangeError || error instanceof AntiphonError) return undefined;
      throw error;
    }
  }

  /** This moment on a wall clock; `expression_failed` for a time zone that does not exist. */
  in(timeZone: string): Temporal.ZonedDateTime {
    try {
      return Temporal.Instant.fromEpochMilliseconds(this.at).toZonedDateTimeISO(timeZone);
    } catch (cause) {
      throw new AntiphonError("expression_failed", "Name a time zone such as Europe/Berlin", {
        cause,
      });
    }
  }

  toString(): string {
    return Temporal.Instant.fromEpochMilliseconds(this.at).toString();
  }

  toJSON(): string {
    return this.toString();
  }
}
