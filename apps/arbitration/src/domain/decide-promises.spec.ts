import { CHINA } from '@tidegate/bank-calendar';
import fc from 'fast-check';
import { decided } from '../testing/decided';
import {
  aContact,
  aCustomer,
  aLimit,
  anAction,
  aPolicy,
  aQuietRule,
  aStrategy,
  aTreatment,
  DAY_MS,
} from '../testing/decision.factory';
import { capacityId, partSlot, type Capacity } from './capacity';
import { CapacityBook } from './capacity-book';
import { ContactCounts, openWindows } from './contact-limits';
import type { ContactPolicy } from './contact-policy';
import type { Contact } from './customer-state';
import type { Choice } from './choose';
import { localDate, minuteOfDay } from './local-time';
import { MemberScorer } from './member-scorer';
import { isQuiet } from './quiet-hours';
import { ScarceBook } from './scarce-book';
import { Situation } from './situation';
import { candidatesOf } from './strategy';

// Goal: what people do later breaks no rule at the time for which it is promised, and waits for no rule of now.

const ZONE = 'Asia/Shanghai';
const shanghai = (text: string): Date => new Date(`2026-03-${text}:00+08:00`);
const night = aQuietRule({ channel: 'remote_bank', fromMinute: 21 * 60, toMinute: 8 * 60 });
const call = aTreatment({ channel: 'remote_bank', queue: 'rb' });
const candidates = candidatesOf(aStrategy({ actions: [anAction({ treatments: [call] })] }));

/** Days of March, each with so many units: of the whole day, or of parts by the minute at which they begin. */
type Days = Record<string, number | Record<number, number>>;
const PART_MINUTES = 30;

function bookOf(days: Days, now: Date): ScarceBook {
  const capacities = Object.entries(days).map(([date, units]): Capacity => {
    const [slot, empty] = [`2026-03-${date}`, { reserved: 0, used: 0 }];
    if (typeof units === 'number') return { queue: 'rb', slot, units, ...empty };
    const parts = Object.entries(units).map(([from, own]) => ({
      fromMinute: Number(from),
      toMinute: Number(from) + PART_MINUTES,
      units: own,
      ...empty,
    }));
    return { queue: 'rb', slot, units: parts.reduce((sum, part) => sum + part.units, 0), ...empty, parts };
  });
  const byId = new Map(capacities.map((one) => [capacityId('rb', one.slot), one]));
  const from = { day: localDate(ZONE, now), minute: minuteOfDay(ZONE, now) };
  return new ScarceBook(new CapacityBook(byId, new Map([['rb', capacities.map(({ slot }) => slot)]]), from), new Map());
}

interface Given {
  now: Date;
  days: Days;
  policy?: Partial<ContactPolicy>;
  contacts?: Contact[];
  canQueue?: boolean;
}

const decide = ({ now, days, policy = {}, contacts = [], canQueue = true }: Given) => {
  const situation = new Situation(aPolicy(policy), now);
  const book = bookOf(days, now);
  return decided({ candidates, customer: aCustomer({ contacts }), situation, book, canQueue });
};
const choiceOf = (given: Given): Choice | undefined => decide(given).choices[0];
const reasonOf = (given: Given): string => decide(given).verdicts.reasonAt(0);

describe('in the evening, when the channel is quiet', () => {
  const now = shanghai('02T21:30');
  const policy = { quietHours: [night] };

  it('who would be called by day is chosen for it, from when the channel opens', () => {
    const choice = choiceOf({ now, days: { '02': 5, '03': 5 }, policy });
    expect(choice).toMatchObject({ hold: { slot: '2026-03-03' }, promisedAt: shanghai('03T08:00'), queuedUntil: null });
    expect(choice?.contact.at).toEqual(shanghai('03T08:00'));
  });

  it('nothing is chosen for today alone', () => {
    expect(reasonOf({ now, days: { '02': 5 }, policy })).toBe('QUIET_HOURS');
    expect(reasonOf({ now, days: { '02': 5, '03': { 420: 1 } }, policy })).toBe('QUIET_HOURS');
    expect(reasonOf({ now, days: { '02': 5, '03': { 540: 0 } }, policy })).toBe('QUIET_HOURS');
  });

  it('says that there is no time left when the open days are full', () => {
    const book = bookOf({ '02': 5, '03': 1 }, now);
    book.capacity.reserve('rb', undefined, (slot) => slot === '2026-03-03');
    const situation = new Situation(aPolicy(policy), now);
    const output = decided({ candidates, customer: aCustomer(), situation, book });
    expect(output.verdicts.reasonAt(0)).toBe('CAPACITY_EXHAUSTED');
  });

  it('what queues takes the time of the morning, and today’s only where there is no other', () => {
    const queueing = { quietHours: [{ ...night, mode: 'queue' as const }] };
    const tomorrow = choiceOf({ now, days: { '02': 5, '03': 5 }, policy: queueing });
    expect(tomorrow).toMatchObject({
      hold: { slot: '2026-03-03' },
      queuedUntil: null,
      promisedAt: shanghai('03T08:00'),
    });
    const today = choiceOf({ now, days: { '02': 5 }, policy: queueing });
    expect(today).toMatchObject({ hold: { slot: '2026-03-02' }, queuedUntil: shanghai('03T08:00'), promisedAt: null });
    const early = choiceOf({ now: shanghai('02T07:00'), days: { '02': 5, '03': 5 }, policy: queueing });
    expect(early).toMatchObject({ hold: { slot: '2026-03-02' }, queuedUntil: shanghai('02T08:00') });
    expect(reasonOf({ now, days: { '02': 5 }, policy: queueing, canQueue: false })).toBe('QUIET_HOURS');
  });
});

it('nobody is promised a call on a day that is quiet', () => {
  const quietHours = [aQuietRule({ channel: 'remote_bank', isQuietOnHolidays: true })];
  // Friday afternoon; the seventh is a Saturday.
  const choice = choiceOf({ now: shanghai('06T15:00'), days: { '07': 5, '09': 5 }, policy: { quietHours } });
  expect(choice).toMatchObject({ hold: { slot: '2026-03-09' }, promisedAt: shanghai('09T00:00') });
});

it('a call of this week leaves next week free', () => {
  const limits = [aLimit({ window: 'calendar_week', windowDays: 0 })];
  const contacts = [aContact({ channel: 'remote_bank', at: shanghai('03T10:00') })];
  const friday = { now: shanghai('06T10:00'), policy: { limits }, contacts };
  expect(choiceOf({ ...friday, days: { '06': 5, '09': 5 } })?.hold?.slot).toBe('2026-03-09');
  expect(reasonOf({ ...friday, days: { '06': 5 } })).toBe('CONTACT_LIMIT_OVERALL');
});

it('a message that waits for the morning and a call promised for it do not make two on that day', () => {
  const limits = [aLimit({ window: 'calendar', windowDays: 1 })];
  const contacts = [aContact({ channel: 'sms', at: shanghai('03T08:00'), isCommitted: false })];
  const days = { '03': { 510: 1, 540: 1 }, '04': { 510: 1 } };
  expect(choiceOf({ now: shanghai('02T22:00'), days, policy: { limits }, contacts })).toMatchObject({
    hold: { slot: partSlot('2026-03-04', 510) },
    promisedAt: shanghai('04T08:30'),
  });
});

it('a second choice counts the first at the time for which it is promised', () => {
  const limits = [aLimit({ window: 'calendar', windowDays: 1 })];
  const app = anAction({ actionId: 'note', valueMinor: 50 });
  const both = candidatesOf(aStrategy({ actions: [anAction({ treatments: [call] }), app] }));
  const now = shanghai('02T10:00');
  const situation = new Situation(aPolicy({ limits }), now);
  const output = decided({
    candidates: both,
    customer: aCustomer(),
    situation,
    book: bookOf({ '03': 1 }, now),
    maxActions: 2,
  });
  expect(output.choices.map(({ contact }) => contact.at)).toEqual([shanghai('03T00:00'), now]);
});

describe('whatever the rules', () => {
  const minute = fc.integer({ min: 0, max: 48 }).map((halves) => halves * 30);
  const quietRule = fc
    .record({ fromMinute: minute, toMinute: minute, isQuietOnHolidays: fc.boolean(), isQueued: fc.boolean() })
    .map(({ isQueued, ...rule }) =>
      aQuietRule({ channel: 'remote_bank', ...rule, mode: isQueued ? 'queue' : 'discard' }),
    );
  const limit = fc
    .record({
      window: fc.constantFrom('rolling', 'calendar', 'calendar_week', 'calendar_month'),
      days: fc.integer({ min: 1, max: 5 }),
      maxCount: fc.integer({ min: 0, max: 2 }),
    })
    .map(({ window, days, maxCount }) =>
      aLimit({ window, maxCount, windowDays: window.startsWith('calendar_') ? 0 : days }),
    );
  const units = fc.integer({ min: 0, max: 1 });
  const dayOf = fc.oneof(units, fc.dictionary(fc.constantFrom('0', '450', '540', '900', '1260'), units));
  const given = fc.record({
    now: fc
      .integer({ min: 0, max: 4 * 48 })
      .map((halves) => new Date(shanghai('05T00:00').getTime() + halves * 1_800_000)),
    days: fc.uniqueArray(fc.tuple(fc.constantFrom('05', '06', '07', '08', '09', '10', '11'), dayOf), {
      selector: ([day]) => day,
    }),
    quietHours: fc.array(quietRule, { maxLength: 2 }),
    limits: fc.array(limit, { maxLength: 2 }),
    contactDays: fc.array(fc.integer({ min: -6, max: 6 }), { maxLength: 3 }),
    canQueue: fc.boolean(),
  });

  it('no contact is in a quiet hour or beyond a limit, its slot is not over, and a push plans for all who are chosen', () => {
    let chosenCount = 0;
    let laterCount = 0;
    fc.assert(
      fc.property(given, ({ now, days, quietHours, limits, contactDays, canQueue }) => {
        const from = localDate(ZONE, now).slice(-2);
        const open = Object.fromEntries(
          days.filter(([day]) => day >= from).sort(([left], [right]) => left.localeCompare(right)),
        );
        const contacts = contactDays.map((day, at) =>
          aContact({ decisionId: `c-${at}`, at: new Date(now.getTime() + day * DAY_MS) }),
        );
        const policy = aPolicy({ quietHours, limits });
        const output = decide({ now, days: open, policy, contacts, canQueue });
        const [choice] = output.choices;
        const scorer = new MemberScorer(candidates, [null], new Situation(policy, now), {
          slotsOf: bookOf(open, now).capacity.openSlots,
        });
        scorer.score(aCustomer({ contacts }), { of: () => 1, neutralOf: () => 1 });
        if (choice === undefined) return;
        chosenCount += 1;
        expect(scorer.stop).toBe('');
        const { at } = choice.contact;
        expect(isQuiet(quietHours, 'remote_bank', ZONE, at, CHINA)).toBe(false);
        const counts = new ContactCounts(openWindows(policy, at), contacts, now);
        expect(counts.brokenLimit({ channel: 'remote_bank', group: 'deposits', purpose: 'marketing' })).toBeNull();
        if (choice.promisedAt === null) {
          expect(at).toEqual(choice.queuedUntil ?? now);
          return;
        }
        laterCount += 1;
        expect(choice.queuedUntil).toBeNull();
        expect(at).toEqual(choice.promisedAt);
        expect(choice.hold?.slot.startsWith(localDate(ZONE, at))).toBe(true);
      }),
      { numRuns: 400 },
    );
    expect(chosenCount).toBeGreaterThan(20);
    expect(laterCount).toBeGreaterThan(10);
  });
});
