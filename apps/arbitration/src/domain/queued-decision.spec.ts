import {
  aContact,
  aCustomer,
  aDecision,
  aFacts,
  aLimit,
  anAction,
  aPolicy,
  aQuietRule,
  aSituation,
  aStrategy,
  aTreatment,
  NOW,
} from '../testing/decision.factory';
import { judgeQueued, letOut, putOff } from './queued-decision';

const HOUR_MS = 3_600_000;
const at = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR_MS);
const call = aTreatment({ channel: 'remote_bank', queue: 'rb' });
const strategy = aStrategy({ actions: [anAction({ treatments: [call] })] });
/** Quiet until 12:00, two hours from now. */
const longer = aQuietRule({ channel: 'remote_bank', fromMinute: 0, toMinute: 720, mode: 'queue' });
const record = aDecision({ queuedUntil: NOW });
const own = aContact({ decisionId: 'd-1', channel: 'remote_bank', isCommitted: false, isHuman: true, isOpen: true });
const judge = (rules: Parameters<typeof aPolicy>[0], contacts = [own]) =>
  judgeQueued(record, { customer: aCustomer({ contacts }), strategy }, aSituation(aPolicy(rules)));

it('goes out when its channel is open', () => {
  expect(judge({})).toEqual({ kind: 'out' });
});

it('waits on while quiet hours last, unless a limit speaks against it then', () => {
  expect(judge({ quietHours: [longer] })).toEqual({ kind: 'wait', until: at(2) });
  const limits = [aLimit({ windowDays: 1 })];
  expect(judge({ quietHours: [longer], limits })).toEqual({ kind: 'wait', until: at(2) });
  const other = aContact({ decisionId: 'd-2', at: at(3) });
  expect(judge({ quietHours: [longer], limits }, [own, other])).toEqual({
    kind: 'drop',
    reason: 'CONTACT_LIMIT_OVERALL',
  });
});

it.each([
  ['hq/east', 'hq/east/shanghai', { kind: 'out' }],
  ['hq/east', 'hq/west', { kind: 'drop', reason: 'ORG_OUT_OF_SCOPE' }],
  ['hq/east', 'hq/eastern', { kind: 'drop', reason: 'ORG_OUT_OF_SCOPE' }],
  // It was no push.
  [undefined, 'hq/west', { kind: 'out' }],
])('of a push for %s, for a customer who belongs to %s by now: %j', (listOrgPath, orgPath, verdict) => {
  const mode = listOrgPath === undefined ? 'moment' : 'push';
  const customer = aCustomer({ contacts: [own], facts: aFacts({ orgPath }) });
  const judged = judgeQueued({ ...record, mode }, { customer, strategy, listOrgPath }, aSituation());
  expect(judged).toEqual(verdict);
});

it('never goes out of a push that was cancelled since', () => {
  const ofPush = { ...record, mode: 'push' as const };
  const parties = { customer: aCustomer({ contacts: [own] }), strategy, listOrgPath: 'hq', isCancelled: true };
  expect(judgeQueued(ofPush, parties, aSituation())).toEqual({ kind: 'drop', reason: 'PUSH_CANCELLED' });
  expect(judgeQueued(ofPush, { ...parties, isCancelled: false }, aSituation())).toEqual({ kind: 'out' });
});

it('is reserved from when it goes out, or its slot begins', () => {
  const ttlMs = aPolicy().reservationTtlSeconds * 1000;
  const ends = (from: Date): Date => new Date(from.getTime() + ttlMs);
  expect(letOut(record, aSituation())).toMatchObject({ queuedUntil: null, expiresAt: ends(NOW) });
  expect(letOut({ ...record, promisedAt: at(24) }, aSituation())).toMatchObject({ expiresAt: ends(at(24)) });
  expect(putOff(record, at(2), aSituation())).toMatchObject({ queuedUntil: at(2), expiresAt: ends(at(2)) });
});
