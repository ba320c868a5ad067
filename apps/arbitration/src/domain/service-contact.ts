import { hasConsent, SERVICE } from './consent';
import { ContactCounts } from './contact-limits';
import type { Contact, CustomerState } from './customer-state';
import { zoneOf } from './quiet-hours';
import type { Stop } from './reason';
import type { Situation } from './situation';
import { isElder } from './staffed';

/** A service message that no strategy decides. */
export interface ServiceContact {
  contactId: string;
  customerId: string;
  channel: string;
  /** From then on it says nothing any more. */
  usefulUntil: Date;
}

/** `TOO_LATE`: when it could go out it would say nothing any more. */
export type ServiceStop = Stop | 'TOO_LATE';

export interface ServiceAnswer {
  contactId: string;
  reason: ServiceStop | null;
  /** When to ask again; null for now. */
  queuedUntil: Date | null;
}

/**
 * Judges a service message by the rules that decisions of purpose service pass, and keeps it among the customer's contacts when it may go out. One
 * that took place stays as it is; one that waits is judged anew, and given up when something speaks against it by now.
 * @param person the customer with the contacts of all profiles of his person
 * @returns the answer, and the customer's contacts after it: the same when nothing changed
 */
export function judgeServiceContact(
  asked: ServiceContact,
  customer: CustomerState,
  person: CustomerState,
  situation: Situation,
): { answer: ServiceAnswer; contacts: Contact[] } {
  const { contactId } = asked;
  const before = customer.contacts.find(({ decisionId }) => decisionId === contactId);
  if (before?.isCommitted)
    return { answer: { contactId, reason: null, queuedUntil: null }, contacts: customer.contacts };
  const isOther = ({ decisionId }: Contact): boolean => decisionId !== contactId;
  const { reason, queuedUntil } = verdictOf(asked, { ...person, contacts: person.contacts.filter(isOther) }, situation);
  const others = before ? customer.contacts.filter(isOther) : customer.contacts;
  if (reason !== null) return { answer: { contactId, reason, queuedUntil: null }, contacts: others };
  const contacts = [...others, contactOf(asked, queuedUntil, situation)];
  return { answer: { contactId, reason, queuedUntil }, contacts };
}

function verdictOf(
  { channel, usefulUntil }: ServiceContact,
  person: CustomerState,
  situation: Situation,
): Pick<ServiceAnswer, 'reason' | 'queuedUntil'> {
  const stop = (reason: ServiceStop): Pick<ServiceAnswer, 'reason' | 'queuedUntil'> => ({ reason, queuedUntil: null });
  const { policy, now, elderBornUntil } = situation;
  const { facts } = person;
  if (!hasConsent(person, SERVICE, channel)) return stop('CONSENT_MISSING');
  const isExcluded = policy.elderExcludedChannels.includes(channel);
  if (isExcluded && facts !== null && isElder(facts, elderBornUntil)) return stop('ELDER_PROTECTED');
  const zone = zoneOf(facts?.attributes.timeZone, policy.timeZone);
  const quiet = situation.quietOf({ channel, isService: true }, zone);
  if (quiet === 'discard') return stop('QUIET_HOURS');
  const queuedUntil = quiet === 'open' ? null : quiet.until;
  if (usefulUntil <= (queuedUntil ?? now)) return stop('TOO_LATE');
  const windows = queuedUntil === null ? situation.windows : situation.windowsAt(queuedUntil);
  const counts = new ContactCounts(windows, person.contacts, now);
  return { reason: counts.brokenLimit({ channel, group: '', purpose: SERVICE }), queuedUntil };
}

const contactOf = (
  { contactId, channel }: ServiceContact,
  queuedUntil: Date | null,
  { now, policy }: Situation,
): Contact => {
  const at = queuedUntil ?? now;
  return {
    decisionId: contactId,
    strategyId: '',
    actionId: '',
    channel,
    group: '',
    purpose: SERVICE,
    at,
    isCommitted: queuedUntil === null,
    expiresAt: new Date(at.getTime() + policy.reservationTtlSeconds * 1000),
    isHuman: false,
    isOpen: false,
  };
};
