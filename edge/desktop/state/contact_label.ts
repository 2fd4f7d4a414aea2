import { telephoneNumber } from "../format/telephone_number.ts";

/** How a contact is called: by name if known, otherwise by a readable number. */
export function contactLabel(of: { contact: string; contactName: string | null }): string {
  return of.contactName ?? telephoneNumber(of.contact);
}
