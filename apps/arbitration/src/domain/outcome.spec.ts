import fc from 'fast-check';
import { aContact, aCustomer, aDecision, aLimit, aPolicy, DAY_MS, NOW } from '../testing/decision.factory';
import { ContactCounts, openWindows } from './contact-limits';
import type { Contact, CustomerState } from './customer-state';
import { countedAs, type DecisionRecord } from './decision';
import type { Suppression } from './contact-policy';
import { forgetOld } from './forget';
import {
  expireReservation,
  freeReservation,
  freeStopped,
  lessonOf,
  OUTCOMES,
  recordOutcome,
  stopReservation,
  takeUp,
  type Outcome,
  type OutcomeEffect,
} from './outcome';
import { pausesOf } from './suppression';

const promised = aContact({
  decisionId: 'd-1',
  channel: 'remote_bank',
  isHuman: true,
  isOpen: true,
  isCommitted: false,
});
const customer = aCustomer({ contacts: [promised] });
const LATER = new Date(NOW.getTime() + 2 * DAY_MS);
/** What moves a reservation beside an outcome. */
const ENDS = {
  expiry: (decision: DecisionRecord, person: CustomerState) => expireReservation(decision, person, LATER),
  release: freeReservation,
  stop: (decision: DecisionRecord, person: CustomerState): OutcomeEffect | null => {
    const stop = stopReservation(decision, person, NOW);
    return stop && { ...stop, capacity: { released: 0, used: 0 }, quota: 0 };
  },
  givingBack: freeStopped,
  takingUp: (decision: DecisionRecord, person: CustomerState) => takeUp(decision, person, NOW, NOW),
};
const record = (outcome: Outcome, decision = aDecision()): OutcomeEffect | null =>
  recordOutcome(decision, customer, outcome, NOW, NOW);

describe('an outcome', () => {
  it('commits the reservation and closes the human channel', () => {
    const effect = record('rejected');
    expect(effect?.decision).toMatchObject({ reservation: 'committed', expiresAt: null });
    expect(effect?.customer.contacts).toEqual([{ ...promised, isCommitted: true, isOpen: false }]);
    expect(effect?.customer.outcomes).toEqual([{ outcome: 'rejected', actionId: 'a-1', group: 'deposits', at: NOW }]);
    expect(effect).toMatchObject({ capacity: { released: 1, used: 1 }, quota: 0 });
  });

  it('that leaves the contact open keeps the human channel busy', () => {
    expect(record('shown')?.customer.contacts[0]).toMatchObject({ isCommitted: true, isOpen: true });
  });

  it('released gives contact, capacity and quota back', () => {
    const effect = record('released');
    expect(effect?.decision.reservation).toBe('released');
    expect(effect?.customer).toMatchObject({ contacts: [], outcomes: [] });
    expect(effect).toMatchObject({ capacity: { released: 1, used: 0 }, quota: -1 });
  });

  it('is recorded once', () => {
    const known = aDecision({ outcomes: [{ outcome: 'rejected', at: NOW }] });
    expect(record('rejected', known)).toBeNull();
  });

  it('that comes after the reservation ran out counts all the same', () => {
    const expired = aDecision({ reservation: 'expired', expiresAt: null });
    const effect = recordOutcome(expired, aCustomer(), 'converted', NOW, NOW);
    expect(effect?.customer.contacts).toMatchObject([{ decisionId: 'd-1', isCommitted: true, isOpen: false, at: NOW }]);
    expect(effect).toMatchObject({ capacity: { released: 0, used: 1 }, quota: 1 });
    expect(recordOutcome(expired, aCustomer(), 'released', NOW, NOW)).toMatchObject({
      decision: { reservation: 'expired' },
      capacity: { released: 0, used: 0 },
      quota: 0,
    });
  });

  it('of a decision that chose nothing reserves nothing', () => {
    const none = aDecision({ reservation: 'none', queue: '', actionId: '', hasQuota: false, expiresAt: null });
    const effect = recordOutcome(none, aCustomer(), 'shown', NOW, NOW);
    expect(effect?.customer).toEqual(aCustomer());
    expect(effect).toMatchObject({ capacity: { released: 0, used: 0 }, quota: 0 });
  });

  it('keeps the books of capacity and quota balanced over any sequence', () => {
    const word = fc.constantFrom(...OUTCOMES, ...Object.keys(ENDS));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        let [decision, person] = [aDecision(), customer];
        let [reserved, used, quota] = [1, 0, 1];
        for (const said of words) {
          const effect =
            said in ENDS
              ? ENDS[said as keyof typeof ENDS](decision, person)
              : recordOutcome(decision, person, said as Outcome, NOW, NOW);
          if (effect === null) continue;
          [decision, person] = [effect.decision, effect.customer];
          reserved -= effect.capacity.released;
          used += effect.capacity.used;
          quota += effect.quota;
        }
        const isCommitted = decision.reservation === 'committed';
        const isCounted = countedAs(decision) === 'reserved';
        expect(reserved).toBe(isCounted ? 1 : 0);
        expect(used).toBe(isCommitted ? 1 : 0);
        expect(quota).toBe(isCommitted || isCounted ? 1 : 0);
        // The customer hears of a stop at once.
        expect(person.contacts.length).toBe(isCommitted || decision.reservation === 'reserved' ? 1 : 0);
        expect(new Set(decision.outcomes.map(({ outcome }) => outcome)).size).toBe(decision.outcomes.length);
      }),
    );
  });
});

describe('when a contact took place', () => {
  const called = new Date(NOW.getTime() + 6 * DAY_MS);
  const contactOf = (effect: OutcomeEffect | null): Contact => effect!.customer.contacts[0]!;
  const weekly = aPolicy({
    limits: [{ ...aLimit(), scope: 'channel', key: 'remote_bank', windowDays: 7, window: 'rolling' }],
  });
  const brokenAt = (person: CustomerState, at: Date): string | null =>
    new ContactCounts(openWindows(weekly, at), forgetOld(person, weekly, at).contacts, at).brokenLimit({
      channel: 'remote_bank',
      group: 'deposits',
      purpose: 'marketing',
    });
  const onDay8 = new Date(NOW.getTime() + 8 * DAY_MS);

  it('is when people say it did: who was called on day 6 is not called on day 8', () => {
    const effect = recordOutcome(aDecision(), customer, 'rejected', called, called)!;
    expect(contactOf(effect).at).toEqual(called);
    expect(brokenAt(effect.customer, onDay8)).toBe('CONTACT_LIMIT_CHANNEL');
    expect(brokenAt(effect.customer, new Date(called.getTime() + 7 * DAY_MS))).toBeNull();
  });

  it('is said by a late word too', () => {
    const expired = aDecision({ reservation: 'expired', expiresAt: null });
    const effect = recordOutcome(expired, aCustomer(), 'rejected', called, called)!;
    expect(contactOf(effect).at).toEqual(called);
    expect(brokenAt(effect.customer, onDay8)).toBe('CONTACT_LIMIT_CHANNEL');
  });

  it('is said by the first word alone', () => {
    const first = recordOutcome(aDecision(), customer, 'accepted', called, onDay8)!;
    const second = recordOutcome(first.decision, first.customer, 'converted', onDay8, onDay8)!;
    expect(contactOf(second).at).toEqual(called);
  });

  it('pauses an action from when it was refused, whatever clock said so', () => {
    const rule: Suppression = { outcome: 'rejected', count: 1, withinDays: 1, pauseDays: 30, scope: 'action' };
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 20_000 }), fc.nat(400), (said, now) => {
        const at = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);
        const effect = recordOutcome(aDecision(), customer, 'rejected', at(said), at(now))!;
        const took = at(Math.max(0, Math.min(said, now)));
        expect(effect.decision.outcomes).toEqual([{ outcome: 'rejected', at: took }]);
        expect(effect.customer.outcomes).toMatchObject([{ at: took }]);
        const isPaused = pausesOf([rule], effect.customer.outcomes, at(now)).actionIds.has('a-1');
        expect(isPaused).toBe(now - Math.max(0, Math.min(said, now)) < rule.pauseDays);
      }),
    );
  });

  it('is never before the decision, and never ahead', () => {
    const early = recordOutcome(aDecision(), customer, 'rejected', new Date(NOW.getTime() - DAY_MS), called);
    expect(contactOf(early).at).toEqual(NOW);
    const ahead = recordOutcome(aDecision(), customer, 'rejected', onDay8, called);
    expect(contactOf(ahead).at).toEqual(called);
  });

  it('of a message is its delivery, not what was done with it later', () => {
    const message = aDecision({ channel: 'app', queue: '', capacitySlot: '' });
    const person = aCustomer({ contacts: [aContact({ decisionId: 'd-1', isCommitted: false })] });
    expect(contactOf(recordOutcome(message, person, 'delivered', called, called)).at).toEqual(called);
    expect(contactOf(recordOutcome(message, person, 'clicked', called, called)).at).toEqual(NOW);
  });

  it('keeps what it was for, also when the word comes late', () => {
    const service = aDecision({ purpose: 'service', reservation: 'expired', expiresAt: null });
    expect(contactOf(recordOutcome(service, aCustomer(), 'accepted', called, called)).purpose).toBe('service');
    const before = aDecision({ reservation: 'expired', expiresAt: null });
    expect(contactOf(recordOutcome(before, aCustomer(), 'accepted', called, called)).purpose).toBeUndefined();
  });

  it('lies between decision and now, whatever is said, and does not move after', () => {
    const day = fc.integer({ min: -400, max: 400 });
    const at = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);
    const word = fc.constantFrom(...OUTCOMES.filter((one) => one !== 'released'));
    fc.assert(
      fc.property(day, day, fc.nat(400), word, word, fc.boolean(), (said, again, now, one, other, isLate) => {
        const decision = isLate ? aDecision({ reservation: 'expired', expiresAt: null }) : aDecision();
        const first = recordOutcome(decision, isLate ? aCustomer() : customer, one, at(said), at(now))!;
        const { at: took } = contactOf(first);
        expect(took).toEqual(at(Math.max(0, Math.min(said, now))));
        const second = recordOutcome(first.decision, first.customer, other, at(again), at(now)) ?? first;
        expect(contactOf(second).at).toEqual(took);
      }),
    );
  });
});

describe('a reservation', () => {
  it('runs out at its moment and not before', () => {
    const ends = aDecision().expiresAt ?? NOW;
    expect(expireReservation(aDecision(), customer, new Date(ends.getTime() - 1))).toBeNull();
    expect(expireReservation(aDecision(), customer, ends)).toMatchObject({
      decision: { reservation: 'expired' },
      customer: { contacts: [] },
      capacity: { released: 1, used: 0 },
      quota: -1,
    });
  });
});

describe('a contact that is taken up', () => {
  it('takes place and stays open, with nothing known of its end', () => {
    const effect = takeUp(aDecision(), customer, LATER, LATER)!;
    expect(effect.decision).toMatchObject({ reservation: 'committed', expiresAt: null, outcomes: [] });
    expect(effect.customer.contacts).toEqual([{ ...promised, at: LATER, isCommitted: true }]);
    expect(effect).toMatchObject({ capacity: { released: 1, used: 1 }, quota: 0 });
    expect(takeUp(effect.decision, effect.customer, LATER, LATER)).toBeNull();
  });

  it('late is as much of one, and over when its end was told before', () => {
    const expired = aDecision({ reservation: 'expired', expiresAt: null });
    expect(takeUp(expired, aCustomer(), NOW, NOW)).toMatchObject({
      customer: { contacts: [{ isHuman: true, isOpen: true, isCommitted: true }] },
      ...{ capacity: { released: 0, used: 1 }, quota: 1 },
    });
    const released = record('released')!;
    expect(takeUp(released.decision, released.customer, NOW, NOW)?.customer.contacts).toMatchObject([
      { isOpen: false },
    ]);
  });

  it('is of people alone', () => {
    expect(takeUp(aDecision({ queue: '' }), customer, NOW, NOW)).toBeNull();
  });
});

describe('a stop', () => {
  const stop = stopReservation(aDecision(), customer, NOW)!;

  it('frees the customer and leaves what others compete for until it is given back, once', () => {
    expect(stop).toMatchObject({ decision: { reservation: 'released', stoppedAt: NOW }, customer: { contacts: [] } });
    const freed = freeStopped(stop.decision, stop.customer)!;
    expect(freed).toMatchObject({ decision: { stoppedAt: null }, capacity: { released: 1, used: 0 }, quota: -1 });
    expect(freeStopped(freed.decision, freed.customer)).toBeNull();
    expect(stopReservation(freed.decision, freed.customer, NOW)).toBeNull();
  });

  it('that a word comes after commits what is still counted', () => {
    const late = recordOutcome(stop.decision, stop.customer, 'accepted', NOW, NOW)!;
    expect(late).toMatchObject({
      decision: { reservation: 'committed', stoppedAt: null },
      capacity: { released: 1, used: 1 },
      quota: 0,
    });
    expect(freeStopped(late.decision, late.customer)).toBeNull();
  });
});

describe('the lesson of an outcome', () => {
  it.each([
    ['converted', 'converted', true],
    ['rejected', 'converted', false],
    ['no_answer', 'converted', false],
    ['dismissed', 'clicked', false],
    ['accepted', 'converted', null],
    ['shown', 'clicked', null],
    ['converted', 'accepted', true],
    ['released', 'converted', null],
    ['delivered', 'clicked', null],
    ['renewed', 'renewed', true],
  ])('%s when %s is success: %s', (outcome, success, lesson) => {
    expect(lessonOf(outcome, success)).toBe(lesson);
  });
});
