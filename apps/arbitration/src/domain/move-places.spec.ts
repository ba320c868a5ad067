import { aContact, aCustomer, aDecision, aFacts, aLimit, aPolicy, aQuietRule, NOW } from '../testing/decision.factory';
import type { ContactPolicy } from './contact-policy';
import { movePlaces } from './move-places';
import { Situation } from './situation';

const slot = (day: string, fromMinute = 0, toMinute = 1_440) => ({
  slot: `${day}@${fromMinute}`,
  day,
  fromMinute,
  toMinute,
});
/** Today, when it is ten in the morning; tomorrow before the channel opens, when it does, and after. */
const SLOTS = [
  slot('2026-03-02'),
  slot('2026-03-03', 420, 480),
  slot('2026-03-03', 450, 510),
  slot('2026-03-03', 540, 600),
];
const night = aQuietRule({ channel: 'remote_bank', fromMinute: 21 * 60, toMinute: 8 * 60 });
const own = aContact({ decisionId: 'd-1', channel: 'remote_bank', isCommitted: false });
const places = (
  policy: Partial<ContactPolicy>,
  { isUnderWay = false, now = NOW, contacts = [own], decision = aDecision(), attributes = {} } = {},
) => {
  const customer = aCustomer({ contacts, facts: aFacts({ attributes }) });
  const found = movePlaces(SLOTS, decision, customer, { situation: new Situation(aPolicy(policy), now), isUnderWay });
  return SLOTS.filter((one) => found.isMeant(one.slot)).map(
    (one) => found.promisedAtOf(one.slot)?.toISOString() ?? null,
  );
};
const [EIGHT, NINE] = ['2026-03-03T00:00:00.000Z', '2026-03-03T01:00:00.000Z'];

it('are slots in which the channel is open, from when it opens', () => {
  expect(places({ quietHours: [night] })).toEqual([null, EIGHT, NINE]);
  expect(places({ quietHours: [night] }, { isUnderWay: true })).toEqual([null, EIGHT, NINE]);
  // Nine in the morning of Shanghai is one at night in London.
  expect(places({ quietHours: [night] }, { attributes: { timeZone: 'Europe/London' }, isUnderWay: true })).toEqual([
    null,
  ]);
});

it('are not those of now while the channel is quiet, but for what waits for its end or is under way', () => {
  const evening = new Date('2026-03-02T14:00:00Z');
  const quietHours = [night];
  expect(places({ quietHours }, { now: evening })).toEqual([EIGHT, NINE]);
  expect(places({ quietHours }, { now: evening, isUnderWay: true })).toEqual([null, EIGHT, NINE]);
  const decision = aDecision({ queuedUntil: new Date(EIGHT!) });
  expect(places({ quietHours }, { now: evening, decision })).toEqual([null, EIGHT, NINE]);
});

it('break no limit, in which its own contact does not count, unless it is under way', () => {
  const limits = [aLimit({ window: 'calendar', windowDays: 1 })];
  const contacts = [own, aContact({ at: new Date(NINE!) })];
  expect(places({ quietHours: [night], limits })).toEqual([null, EIGHT, NINE]);
  expect(places({ quietHours: [night], limits }, { contacts })).toEqual([null]);
  expect(places({ quietHours: [night], limits }, { contacts, isUnderWay: true })).toEqual([null, EIGHT, NINE]);
});
