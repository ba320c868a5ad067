import { CONSENT_CHANNELS, findConsent, withConsent, type Consent } from './consent';
import { changed, type Customer } from './customer';

const ANY_CHANNEL = '*';
const CHANNELS = CONSENT_CHANNELS.filter((channel) => channel !== ANY_CHANNEL);

/** A consent as it holds for a profile. */
export interface HeldConsent extends Consent {
  /** Another profile of the person refuses. */
  isOfPerson: boolean;
}

/**
 * What a profile refuses, by channel: of its word about the channel and the one about all channels (`*`) the later counts, at the
 * same time the refusal, as decisions take them.
 */
export function refusalsOf(consents: readonly Consent[]): Consent[] {
  const purposes = [...new Set(consents.map(({ purpose }) => purpose))];
  return purposes.flatMap((purpose) =>
    CHANNELS.flatMap((channel) => {
      const words = wordsOf(consents, purpose, channel);
      const lastMs = Math.max(...words.map(({ changedAt }) => changedAt.getTime()));
      const refusal = words.find((word) => !word.isGranted && word.changedAt.getTime() === lastMs);
      return refusal ? [{ ...refusal, channel }] : [];
    }),
  );
}

/** The consents as decisions must take them: of what the profiles of a person say, the refusal 从严. */
export function heldConsents({ consents, personRefusals = [] }: Customer): HeldConsent[] {
  const own = consents.map((consent) => ({ ...consent, isOfPerson: false }));
  return personRefusals.reduce<HeldConsent[]>((held, refusal) => {
    // Not before any own word about the channel, or that one would count as the later.
    const ownTimes = wordsOf(consents, refusal.purpose, refusal.channel).map(({ changedAt }) => changedAt.getTime());
    const changedAt = new Date(Math.max(refusal.changedAt.getTime(), ...ownTimes));
    return withConsent(held, { ...refusal, changedAt, isOfPerson: true });
  }, own);
}

/** Takes into each profile of one person who the others are, and what they refuse and complain of; answers those that changed by it. */
export function withPersonWords(profiles: readonly Customer[]): Customer[] {
  return profiles.flatMap((profile) => {
    const others = profiles.filter((other) => other !== profile);
    const personRefusals = others
      .flatMap(({ consents }) => refusalsOf(consents))
      .sort((left, right) => right.changedAt.getTime() - left.changedAt.getTime())
      .reduce<Consent[]>((kept, refusal) => (findConsent(kept, refusal) ? kept : [...kept, refusal]), []);
    const isPersonOnHold = others.some(({ openComplaintCount }) => openComplaintCount > 0);
    const otherCustomerIds = others.map(({ customerId }) => customerId).sort();
    const isSame =
      isPersonOnHold === (profile.isPersonOnHold ?? false) &&
      isSameWords(personRefusals, profile.personRefusals ?? []) &&
      otherCustomerIds.join() === (profile.otherCustomerIds ?? []).join();
    return isSame ? [] : [changed(profile, { personRefusals, isPersonOnHold, otherCustomerIds })];
  });
}

const wordsOf = (consents: readonly Consent[], purpose: string, channel: string): Consent[] =>
  consents.filter((said) => said.purpose === purpose && (said.channel === channel || said.channel === ANY_CHANNEL));

const isSameWords = (left: readonly Consent[], right: readonly Consent[]): boolean =>
  left.length === right.length &&
  left.every((word) => findConsent(right, word)?.changedAt.getTime() === word.changedAt.getTime());
