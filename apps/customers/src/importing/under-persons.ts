import { PROFILES_MAX } from '@tidegate/persons';
import { changed, personKeyOf, type Customer } from '../domain/customer';
import { withPersonWords } from '../domain/person-words';
import type { BatchResult } from './import-batch';

/** New profiles that may share their person with others: one without a phone begins as a person of his own. */
export const sharersOf = ({ created }: BatchResult): Customer[] =>
  created.filter(({ customerId, personKey }) => personKey !== customerId);

export const sharedKeysOf = (result: BatchResult): string[] => [...new Set(sharersOf(result).map(personKeyOf))];

/**
 * A profile that begins with the phone of others is of their person: what they refuse holds for it from the start. `sharing` are all
 * profiles that have the keys already; they are written too, so that a consent that one of them records at once sees the new one.
 */
export function underPersons(result: BatchResult, sharing: readonly Customer[]): BatchResult {
  const updated = new Map(result.updated.map((customer) => [customer.customerId, customer]));
  const persons = new Map<string, Customer[]>(sharing.map((profile) => [personKeyOf(profile), []]));
  for (const profile of sharing) {
    persons.get(personKeyOf(profile))?.push(updated.get(profile.customerId) ?? changed(profile, {}));
  }
  for (const profile of result.created) persons.get(personKeyOf(profile))?.push(profile);
  const held = new Map<string, Customer>();
  for (const person of persons.values()) {
    if (person.length > PROFILES_MAX) continue;
    for (const profile of [...person, ...withPersonWords(person)]) held.set(profile.customerId, profile);
  }
  const created = result.created.map((profile) => held.get(profile.customerId) ?? profile);
  for (const { customerId } of created) held.delete(customerId);
  return { ...result, created, updated: [...new Map([...updated, ...held]).values()] };
}
