import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/** The error `expression_syntax` at an offset of a source, with its line and column from 1. */
export function syntaxError(message: string, source: string, offset: number): AntiphonError {
  return new AntiphonError("expression_syntax", message, { data: placeOf(source, offset) });
}

/** Line and column, from 1, of an offset of a source. */
export function placeOf(source: string, offset: number): { line: number; column: number } {
  const lines = source.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}
