import type { ContactPolicy } from './contact-policy';
import type { Contact, CustomerState } from './customer-state';
import type { DecisionRecord } from './decision';

type Promised = Pick<DecisionRecord, 'queuedUntil' | 'promisedAt'>;

/** When a promised contact can take place: after the quiet hours that it waits for, in its slot. Null for at once. */
export const startsAt = ({ queuedUntil = null, promisedAt = null }: Promised): Date | null =>
  queuedUntil === null || (promisedAt !== null && promisedAt > queuedUntil) ? promisedAt : queuedUntil;

/** A decision whose promise was moved: its reservation runs from when it can take place now. */
export function movedTo(
  moved: DecisionRecord,
  now: Date,
  { reservationTtlSeconds }: Pick<ContactPolicy, 'reservationTtlSeconds'>,
): DecisionRecord {
  const fromMs = Math.max(now.getTime(), startsAt(moved)?.getTime() ?? 0);
  return { ...moved, expiresAt: new Date(fromMs + reservationTtlSeconds * 1000) };
}

/** A customer whose contacts of these decisions follow them: promised for when they can take place, until their reservations run out. */
export const withMoved = (
  customer: CustomerState,
  moved: ReadonlyMap<string, DecisionRecord>,
  now: Date,
): CustomerState => ({
  ...customer,
  contacts: customer.contacts.map((contact) => {
    const decision = moved.get(contact.decisionId);
    return decision === undefined || contact.isCommitted ? contact : follow(contact, decision, now);
  }),
});

function follow(contact: Contact, decision: DecisionRecord, now: Date): Contact {
  const start = startsAt(decision);
  // What may be worked at once is nothing of a later day any more.
  const at = start ?? (contact.at > now ? now : contact.at);
  return { ...contact, at, expiresAt: decision.expiresAt ?? contact.expiresAt };
}
