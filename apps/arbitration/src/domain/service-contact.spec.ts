import fc from 'fast-check';
import { aContact, aCustomer, aFacts, aLimit, aPolicy, aQuietRule, aSituation, NOW } from '../testing/decision.factory';
import type { CustomerState } from './customer-state';
import { judgeServiceContact, type ServiceAnswer, type ServiceContact } from './service-contact';
import type { Situation } from './situation';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const later = (ms: number): Date => new Date(NOW.getTime() + ms);
const word = (channel: string, isGranted: boolean, purpose = 'service') => ({
  purpose,
  channel,
  isGranted,
  changedAt: later(-DAY_MS),
});
const facts = (overrides = {}) => aFacts({ consents: [word('app', true)], ...overrides });
const customer = (overrides: Partial<CustomerState> = {}): CustomerState => aCustomer({ facts: facts(), ...overrides });
const asked = (contactId = 'm-1', overrides: Partial<ServiceContact> = {}): ServiceContact => ({
  contactId,
  customerId: 'c-1',
  channel: 'app',
  usefulUntil: later(3 * DAY_MS),
  ...overrides,
});
const judge = (one: ServiceContact, of: CustomerState, situation = aSituation(), person = of) =>
  judgeServiceContact(one, of, person, situation);
const reasonOf = (one: ServiceContact, of: CustomerState, situation?: Situation, person?: CustomerState) =>
  judge(one, of, situation, person).answer.reason;
const once = { limits: [aLimit({ purpose: 'service', window: 'calendar', windowDays: 1 })] };
/** Ten in the morning is quiet for an hour. */
const quiet = (mode: '' | 'queue') => ({ quietHours: [aQuietRule({ fromMinute: 0, toMinute: 1439, mode })] });

it('goes out and is counted as a contact of service', () => {
  const { answer, contacts } = judge(asked(), customer());
  expect(answer).toEqual({ contactId: 'm-1', reason: null, queuedUntil: null });
  expect(contacts).toMatchObject([
    { decisionId: 'm-1', purpose: 'service', channel: 'app', group: '', at: NOW, isCommitted: true, isOpen: false },
  ]);
});

it.each([
  ['no word', facts({ consents: [word('app', true, 'marketing')] }), 'CONSENT_MISSING'],
  ['a refusal', facts({ consents: [word('app', false)] }), 'CONSENT_MISSING'],
  ['a word about all channels', facts({ consents: [word('*', true)] }), null],
  ['an open complaint', facts({ hasComplaintHold: true }), null],
  ['nobody', null, 'CONSENT_MISSING'],
])('of one with %s', (_name, known, reason) => {
  const before = customer({ facts: known });
  const { answer, contacts } = judge(asked(), before);
  expect(answer.reason).toBe(reason);
  if (reason !== null) expect(contacts).toBe(before.contacts);
});

it('spares elders the channels that they are spared', () => {
  const policy = aPolicy({ elderAgeYears: 60, elderExcludedChannels: ['app'] });
  const elder = customer({ facts: facts({ birthDate: '1950-01-01' }) });
  expect([elder, customer()].map((one) => reasonOf(asked(), one, aSituation(policy)))).toEqual([
    'ELDER_PROTECTED',
    null,
  ]);
});

it('meets the limits of service, with what the person was told under other profiles, and uses none of promotion', () => {
  const situation = aSituation(aPolicy(once));
  const told = aContact({ decisionId: 'd-9', purpose: 'service' });
  expect(reasonOf(asked(), customer({ contacts: [told] }), situation)).toBe('CONTACT_LIMIT_OVERALL');
  expect(reasonOf(asked(), customer(), situation, customer({ contacts: [told] }))).toBe('CONTACT_LIMIT_OVERALL');
  expect(reasonOf(asked(), customer({ contacts: [aContact()] }), situation)).toBeNull();
  const ofPromotion = aSituation(aPolicy({ limits: [aLimit()] }));
  expect(reasonOf(asked(), customer({ contacts: [aContact()] }), ofPromotion)).toBeNull();
});

it('waits for the end of quiet hours where these queue, and is judged anew then', () => {
  expect(reasonOf(asked(), customer(), aSituation(aPolicy(quiet(''))))).toBe('QUIET_HOURS');
  const policy = aPolicy({ ...quiet('queue'), ...once });
  const { answer, contacts } = judge(asked(), customer(), aSituation(policy));
  const until = answer.queuedUntil!;
  expect(until > NOW).toBe(true);
  expect(contacts).toMatchObject([{ decisionId: 'm-1', at: until, isCommitted: false }]);
  // It is promised its place on that day, and another is not.
  const waiting = customer({ contacts });
  expect(reasonOf(asked('m-2'), waiting, aSituation(policy))).toBe('CONTACT_LIMIT_OVERALL');
  const out = judge(asked(), waiting, aSituation(policy, until));
  expect(out.answer).toMatchObject({ reason: null, queuedUntil: null });
  expect(out.contacts).toMatchObject([{ decisionId: 'm-1', at: until, isCommitted: true }]);
  const withdrawn = judge(asked(), { ...waiting, facts: facts({ consents: [] }) }, aSituation(policy, until));
  expect([withdrawn.answer.reason, withdrawn.contacts]).toEqual(['CONSENT_MISSING', []]);
});

it('is stopped when it would say nothing any more', () => {
  const soon = asked('m-1', { usefulUntil: later(MINUTE_MS) });
  expect(reasonOf(soon, customer())).toBeNull();
  expect(reasonOf(soon, customer(), aSituation(aPolicy(quiet('queue'))))).toBe('TOO_LATE');
  expect(reasonOf(soon, customer(), aSituation(aPolicy(), later(MINUTE_MS)))).toBe('TOO_LATE');
});

it('never breaks a limit, and says of what went out always the same, however often and in what order it is asked', () => {
  const step = fc.record({ message: fc.nat(5), minutes: fc.nat(600) });
  const hours = aQuietRule({ fromMinute: 660, toMinute: 900, mode: 'queue' });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 1, max: 3 }), (steps, maxCount) => {
      const limits = [aLimit({ purpose: 'service', maxCount, windowDays: 1 })];
      const policy = aPolicy({ limits, quietHours: [hours] });
      let state = customer();
      const out = new Map<string, ServiceAnswer>();
      let at = NOW.getTime();
      for (const { message, minutes } of steps) {
        at += minutes * MINUTE_MS;
        const id = `m-${message}`;
        const { answer, contacts } = judge(
          asked(id, { usefulUntil: later(90 * DAY_MS) }),
          state,
          aSituation(policy, new Date(at)),
        );
        if (out.has(id)) expect([answer, contacts]).toEqual([out.get(id), state.contacts]);
        if (answer.reason === null && answer.queuedUntil === null) out.set(id, answer);
        state = { ...state, contacts };
        const times = contacts.map((contact) => contact.at.getTime());
        for (const time of times) {
          expect(times.filter((each) => each <= time && each > time - DAY_MS).length).toBeLessThanOrEqual(maxCount);
        }
        expect(new Set(contacts.map(({ decisionId }) => decisionId)).size).toBe(contacts.length);
      }
    }),
  );
});
