import fc from 'fast-check';
import { aContact, aCustomer, aDecision, aPolicy, DAY_MS, NOW } from '../testing/decision.factory';
import { hasOpenHumanContact } from './contact-limits';
import { CONVERSATION_DAYS_MAX } from './conversation';
import { nextDueAt } from './decision';
import { forgetOld } from './forget';
import { recordOutcome, takeUp } from './outcome';

const daysOn = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);
const talk = aContact({ decisionId: 'talk', isHuman: true, isOpen: true });
const busy = (contacts: Parameters<typeof hasOpenHumanContact>[0], days: number): boolean =>
  hasOpenHumanContact(contacts, daysOn(days));

describe('a talk', () => {
  it('is known until its end is told, whatever is written meanwhile, and no longer than a lead is called back', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 20 });
    fc.assert(
      fc.property(steps, fc.nat(20), (waits, endedAfter) => {
        let decision = aDecision({ queue: 'seats' });
        let customer = takeUp(decision, aCustomer(), NOW, NOW)!.customer;
        decision = { ...decision, reservation: 'committed', expiresAt: null };
        let [days, isTold] = [0, false];
        waits.forEach((wait, index) => {
          days += wait;
          if (index === endedAfter) {
            customer = recordOutcome(decision, customer, 'rejected', daysOn(days), daysOn(days))!.customer;
            isTold = true;
          }
          customer = forgetOld(customer, aPolicy(), daysOn(days));
          expect(busy(customer.contacts, days)).toBe(!isTold && days < CONVERSATION_DAYS_MAX);
        });
      }),
    );
  });

  it('is given up where nothing is written either', () => {
    expect(busy([talk], CONVERSATION_DAYS_MAX - 1)).toBe(true);
    expect(busy([talk], CONVERSATION_DAYS_MAX)).toBe(false);
  });

  it('is not lost among messages', () => {
    const messages = Array.from({ length: 600 }, (_, index) => aContact({ decisionId: `m-${index}`, at: daysOn(20) }));
    const { contacts } = forgetOld(aCustomer({ contacts: [talk, ...messages] }), aPolicy(), daysOn(21));
    expect(contacts).toHaveLength(401);
    expect(busy(contacts, 21)).toBe(true);
  });
});

describe('the record of a decision', () => {
  const keptUntil = daysOn(30);
  const worked = aDecision({ queue: 'seats', decidedAt: NOW, reservation: 'committed', expiresAt: null, keptUntil });
  const dueAt = (overrides: Parameters<typeof aDecision>[0]): Date | null => nextDueAt({ ...worked, ...overrides });

  it('is kept beyond its time while a person works it', () => {
    expect(dueAt({})).toEqual(daysOn(CONVERSATION_DAYS_MAX));
    expect(dueAt({ outcomes: [{ outcome: 'shown', at: NOW }] })).toEqual(daysOn(CONVERSATION_DAYS_MAX));
    expect(dueAt({ keptUntil: daysOn(2_000) })).toEqual(daysOn(2_000));
  });

  it.each([
    ['the work has ended', { outcomes: [{ outcome: 'rejected', at: NOW }] }],
    ['it was a message', { queue: '' }],
    ['nobody took it up', { reservation: 'expired' as const }],
  ])('goes in its time when %s', (_name, overrides) => {
    expect(dueAt(overrides)).toEqual(keptUntil);
  });

  it('is never deleted when it was made before records were', () => {
    expect(dueAt({ keptUntil: undefined })).toBeNull();
  });
});
