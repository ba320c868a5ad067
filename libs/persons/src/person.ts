/** Profiles of one person at most: what more of them share is no person, but a company's phone. */
export const PROFILES_MAX = 100;

/** Which natural person 自然人 a profile is of, as `customers` told it. */
export interface PersonLink {
  customerId: string;
  /** Joined profiles share it. */
  personKey: string;
  /** Of the profile, with this key. */
  version: number;
}

/** The links that change by what is told: the highest version of each profile stays, in whatever order they come. */
export function newLinks(known: readonly PersonLink[], told: readonly PersonLink[]): PersonLink[] {
  const links = new Map(known.map((link) => [link.customerId, link]));
  const changed = new Map<string, PersonLink>();
  for (const link of told) {
    const before = links.get(link.customerId);
    if (before && before.version >= link.version) continue;
    links.set(link.customerId, link);
    changed.set(link.customerId, link);
  }
  return [...changed.values()];
}

/** Which profiles are of one person; one of which nothing is known is a person of its own. */
export class Persons {
  /** All profiles of the person, by each of them. */
  private readonly profiles = new Map<string, readonly string[]>();

  /** @param links all of the persons that are asked for; a crowd under one key is no person */
  constructor(links: readonly PersonLink[] = []) {
    this.add(links);
  }

  add(links: readonly PersonLink[]): void {
    const byKey = new Map<string, string[]>();
    for (const { customerId, personKey } of links) {
      byKey.set(personKey, [...(byKey.get(personKey) ?? []), customerId]);
    }
    for (const customerIds of byKey.values()) {
      if (customerIds.length <= PROFILES_MAX) this.join(customerIds);
    }
  }

  /** These profiles are of one person, with all that were known to be of it. */
  join(customerIds: readonly string[]): void {
    const all = [...new Set(customerIds.flatMap((customerId) => this.profilesOf(customerId)))];
    for (const customerId of all) this.profiles.set(customerId, all);
  }

  /** The profile itself first, then the others of its person. */
  profilesOf(customerId: string): readonly [string, ...string[]] {
    const others = (this.profiles.get(customerId) ?? []).filter((other) => other !== customerId);
    return [customerId, ...others];
  }

  isOne(customerId: string, otherId: string): boolean {
    return this.profilesOf(customerId).includes(otherId);
  }
}
