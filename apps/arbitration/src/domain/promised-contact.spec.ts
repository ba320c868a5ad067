import { aContact, aCustomer, aDecision, aPolicy, DAY_MS, NOW } from '../testing/decision.factory';
import type { DecisionRecord } from './decision';
import { movedTo, startsAt, withMoved } from './promised-contact';

const TTL_MS = aPolicy().reservationTtlSeconds * 1000;
const day = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);
const friday = aContact({ decisionId: 'd-1', at: day(4), isCommitted: false, isHuman: true, isOpen: true });
const after = (overrides: Partial<DecisionRecord>, contact = friday) => {
  const moved = movedTo(aDecision(overrides), NOW, aPolicy());
  const customer = aCustomer({ contacts: [aContact(), contact] });
  return { moved, contact: withMoved(customer, new Map([[moved.decisionId, moved]]), NOW).contacts[1]! };
};

it('starts when its slot has begun and its quiet hours are over', () => {
  expect(startsAt({})).toBeNull();
  expect(startsAt({ promisedAt: day(1), queuedUntil: null })).toEqual(day(1));
  expect(startsAt({ promisedAt: null, queuedUntil: day(2) })).toEqual(day(2));
  expect(startsAt({ promisedAt: day(1), queuedUntil: day(2) })).toEqual(day(2));
  expect(startsAt({ promisedAt: day(3), queuedUntil: day(2) })).toEqual(day(3));
});

it('is of today once what was promised for later may be worked at once', () => {
  const { moved, contact } = after({ promisedAt: null });
  expect(contact.at).toEqual(NOW);
  expect(contact.expiresAt).toEqual(moved.expiresAt);
  expect(moved.expiresAt).toEqual(new Date(NOW.getTime() + TTL_MS));
});

it('is of another day when it is promised for that', () => {
  const { moved, contact } = after({ promisedAt: day(1) });
  expect(contact.at).toEqual(day(1));
  expect(contact.expiresAt).toEqual(new Date(day(1).getTime() + TTL_MS));
  expect(moved.expiresAt).toEqual(contact.expiresAt);
});

it('waits for quiet hours that end after its slot has begun', () => {
  expect(after({ promisedAt: day(1), queuedUntil: day(2) }).contact).toMatchObject({ at: day(2) });
});

it('stays when it was when nothing lies ahead, and once it took place', () => {
  expect(after({ promisedAt: null }, { ...friday, at: day(-1) }).contact.at).toEqual(day(-1));
  const done = { ...friday, isCommitted: true };
  expect(after({ promisedAt: day(1) }, done).contact).toEqual(done);
});
