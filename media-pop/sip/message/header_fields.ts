/** Header fields of a message to be sent, in order. Names in any spelling, values without CRLF. */
export type HeaderFields = readonly (readonly [name: string, value: string])[];
