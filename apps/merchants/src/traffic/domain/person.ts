/** Profiles of one person at most: what more of them share is no person, but a company's phone. */
export const PROFILES_MAX = 100;

/** Which natural person a profile is of, as `customers` tells it. */
export interface PersonLink {
  customerId: string;
  personKey: string;
  /** Of the profile, with this key. */
  version: number;
}

/** A link after a profile's key was told: the highest version stays, in whatever order they come. */
export const withKey = (link: PersonLink | undefined, told: PersonLink): PersonLink =>
  link && link.version >= told.version ? link : told;

/** Natural persons 自然人 behind profiles: those with one key. A profile without a link is a person of its own. */
export class Persons {
  private readonly keys = new Map<string, string>();
  private readonly profiles = new Map<string, string[]>();

  /** `links` are all that share a key with the profiles that are asked for. */
  constructor(links: readonly PersonLink[]) {
    for (const { customerId, personKey } of links) {
      this.keys.set(customerId, personKey);
      this.profiles.set(personKey, [...(this.profiles.get(personKey) ?? []), customerId]);
    }
  }

  /** All profiles of the person, the profile itself first; alone where there are so many that it is no person. */
  profilesOf(customerId: string): readonly [string, ...string[]] {
    const profiles = this.profiles.get(this.keys.get(customerId) ?? '') ?? [];
    if (profiles.length > PROFILES_MAX) return [customerId];
    return [customerId, ...profiles.filter((each) => each !== customerId)];
  }

  isOne(customerId: string, otherId: string): boolean {
    return this.profilesOf(customerId).includes(otherId);
  }
}
