import fc from 'fast-check';
import { aContact, aCustomer, aDecision, DAY_MS, NOW } from '../testing/decision.factory';
import {
  expireReservation,
  freeReservation,
  lessonOf,
  OUTCOMES,
  recordOutcome,
  type Outcome,
  type OutcomeEffect,
} from './outcome';

const promised = aContact({
  decisionId: 'd-1',
  channel: 'remote_bank',
  isHuman: true,
  isOpen: true,
  isCommitted: false,
});
const customer = aCustomer({ contacts: [promised] });
const record = (outcome: Outcome, decision = aDecision()): OutcomeEffect | null =>
  recordOutcome(decision, customer, outcome, NOW);

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
    const effect = recordOutcome(expired, aCustomer(), 'converted', NOW);
    expect(effect?.customer.contacts).toMatchObject([{ decisionId: 'd-1', isCommitted: true, isOpen: false, at: NOW }]);
    expect(effect).toMatchObject({ capacity: { released: 0, used: 1 }, quota: 1 });
    expect(recordOutcome(expired, aCustomer(), 'released', NOW)).toMatchObject({
      decision: { reservation: 'expired' },
      capacity: { released: 0, used: 0 },
      quota: 0,
    });
  });

  it('of a decision that chose nothing reserves nothing', () => {
    const none = aDecision({ reservation: 'none', queue: '', actionId: '', hasQuota: false, expiresAt: null });
    const effect = recordOutcome(none, aCustomer(), 'shown', NOW);
    expect(effect?.customer).toEqual(aCustomer());
    expect(effect).toMatchObject({ capacity: { released: 0, used: 0 }, quota: 0 });
  });

  it('keeps the books of capacity and quota balanced over any sequence', () => {
    const word = fc.constantFrom<Outcome | 'expiry' | 'retraction'>(...OUTCOMES, 'expiry', 'retraction');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        let [decision, person] = [aDecision(), customer];
        let [reserved, used, quota] = [1, 0, 1];
        for (const said of words) {
          const effect =
            said === 'expiry'
              ? expireReservation(decision, person, new Date(NOW.getTime() + 2 * DAY_MS))
              : said === 'retraction'
                ? freeReservation(decision, person)
                : recordOutcome(decision, person, said, NOW);
          if (effect === null) continue;
          [decision, person] = [effect.decision, effect.customer];
          reserved -= effect.capacity.released;
          used += effect.capacity.used;
          quota += effect.quota;
        }
        const isCommitted = decision.reservation === 'committed';
        expect(reserved).toBe(decision.reservation === 'reserved' ? 1 : 0);
        expect(used).toBe(isCommitted ? 1 : 0);
        expect(quota).toBe(isCommitted || decision.reservation === 'reserved' ? 1 : 0);
        expect(person.contacts.length).toBe(quota);
        expect(new Set(decision.outcomes.map(({ outcome }) => outcome)).size).toBe(decision.outcomes.length);
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
