import { refused } from '@tidegate/errors';
import { PROFILES_MAX } from '@tidegate/persons';

/** Which natural person a customer id is of, as far as anybody said. */
export interface PersonLink {
  customerId: string;
  /** The key of `customers`, which joined profiles share; empty when it never told one. */
  personKey: string;
  /** Of the profile, with this key. */
  version: number;
  /** What the bank says beside it (LinkPerson); empty for nothing. */
  personId: string;
}

/** A link after `customers` told a profile's key: the highest version stays, in whatever order they come. */
export function withKey(link: PersonLink | undefined, told: Omit<PersonLink, 'personId'>): PersonLink {
  if (link && link.version >= told.version) return link;
  return { ...told, personId: link?.personId ?? '' };
}

/** By what a customer id may be joined with others; it may itself be the key or the person id of another. */
export const namesOf = ({ customerId, personKey, personId }: PersonLink): string[] =>
  [customerId, personKey, personId].filter((name) => name !== '');

/** Natural persons 自然人 behind customer ids: those that share a name, directly or by way of others, are of one. */
export class Persons {
  private readonly linked: ReadonlySet<string>;
  /** All names of a person, by each of them. */
  private readonly persons = new Map<string, ReadonlySet<string>>();

  /** `links` are all that share a name with the customers that are asked for. */
  constructor(links: readonly PersonLink[]) {
    this.linked = new Set(links.map(({ customerId }) => customerId));
    for (const link of links) {
      const names = new Set(namesOf(link).flatMap((name) => [...(this.persons.get(name) ?? [name])]));
      for (const name of names) this.persons.set(name, names);
    }
  }

  /** All by which something may be counted for the person, the customer id itself first. */
  namesOf(customerId: string): readonly string[] {
    return [...new Set([customerId, ...(this.persons.get(customerId) ?? [])])];
  }

  /** All customer ids of the person that were ever linked, and the one itself. */
  profilesOf(customerId: string): readonly string[] {
    return this.namesOf(customerId).filter((name) => name === customerId || this.linked.has(name));
  }

  /**
   * The other profiles whose use of a limit adds to his; none where there are so many that it is no person, but a company's phone.
   */
  othersOf(customerId: string): readonly string[] {
    const profiles = this.profilesOf(customerId);
    return profiles.length > PROFILES_MAX ? [] : profiles.slice(1);
  }

  isOne(customerId: string, otherId: string): boolean {
    return customerId === otherId || (this.persons.get(customerId)?.has(otherId) ?? false);
  }

  /** @throws PERSON_PROFILES_TOO_MANY when it is no person */
  requirePerson(customerId: string): void {
    if (this.profilesOf(customerId).length <= PROFILES_MAX) return;
    throw refused('PERSON_PROFILES_TOO_MANY', `More than ${PROFILES_MAX} customer ids are said to be of this person.`);
  }
}
