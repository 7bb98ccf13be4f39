import type { Person } from "./model.ts";

/** Addresses by which a person is told, their own first, in lower case. */
export function addressesOf({ email, emails }: Person): readonly string[] {
  return [...(email === undefined ? [] : [email]), ...(emails ?? [])].map((address) => address.toLowerCase());
}
