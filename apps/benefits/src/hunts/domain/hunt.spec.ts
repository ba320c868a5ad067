import type { Place } from '@tidegate/geo';
import { aHunt, aPoint } from '../testing/hunt.factory';
import { issueChallenge, readChallenge } from './hunt-challenge';
import { attemptPoint, emptyProgress, type AttemptState, type HuntPosition, type SeenAt } from './hunt-claim';

const now = new Date('2026-03-02T04:00:00Z');
const key = Buffer.alloc(32, 7);
const owner = { huntId: 'treasure', customerId: 'c-1' };
const after = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
/** So many metres north of a place. */
const north = ({ longitude, latitude }: Place, metres: number): Place => ({
  longitude,
  latitude: latitude + metres / 111_195.08,
});
const { terms } = aHunt();
const state = (over: Partial<AttemptState> = {}): AttemptState => ({
  terms,
  point: aPoint(),
  foundCount: 0,
  progress: emptyProgress('treasure', 'c-1'),
  others: [],
  seen: [],
  challengedAt: now,
  isChallengeUsed: false,
  ...over,
});
const seen = (metresAway: number, seconds: number): SeenAt => ({
  ...north(aPoint(), metresAway),
  accuracyMetres: 10,
  at: after(seconds),
});
const at = (metresAway: number, over: Partial<HuntPosition> = {}): HuntPosition => ({
  ...north(aPoint(), metresAway),
  accuracyMetres: 10,
  measuredAt: now,
  isMocked: false,
  ...over,
});

it('counts to the day that a clock ahead has begun, so that midnight opens no day twice', () => {
  const progress = { ...emptyProgress('treasure', 'c-1'), day: '2026-03-03', dayCount: 1 };
  const { progress: next } = attemptPoint(state({ progress }), at(0), now);
  expect(next).toMatchObject({ day: '2026-03-03', dayCount: 2 });
});

it.each<[string, Partial<AttemptState>, HuntPosition]>([
  ['', {}, at(0)],
  ['', {}, at(49)],
  ['TOO_FAR', {}, at(51)],
  ['CHALLENGE_USED', { isChallengeUsed: true }, at(0)],
  ['POSITION_MOCKED', {}, at(0, { isMocked: true })],
  ['POSITION_STALE', {}, at(0, { measuredAt: after(-31) })],
  ['POSITION_STALE', {}, at(0, { measuredAt: after(6) })],
  // Measured before the challenge was asked for: a recording.
  ['POSITION_STALE', { challengedAt: after(0) }, at(0, { measuredAt: after(-6) })],
  ['POSITION_INACCURATE', {}, at(0, { accuracyMetres: 31 })],
  ['POSITION_INACCURATE', {}, at(0, { accuracyMetres: 0 })],
  ['SPEED_IMPLAUSIBLE', { seen: [seen(10_000, -60)] }, at(0)],
  ['', { seen: [seen(2_900, -60)] }, at(0)],
  // Here a moment ago under one profile, and far away a minute ago under another.
  ['SPEED_IMPLAUSIBLE', { seen: [seen(0, -10), seen(10_000, -60)] }, at(0)],
  ['POINT_EXHAUSTED', { point: aPoint({ foundMax: 2 }), foundCount: 2 }, at(0)],
  ['', { point: aPoint({ foundMax: 2 }), foundCount: 1 }, at(0)],
])('judges an attempt as %j', (reason, over, position) => {
  expect(attemptPoint(state(over), position, now).reason).toBe(reason);
});

it('finds a point once, and so many on a day of the zone', () => {
  let progress = emptyProgress('treasure', 'c-1');
  const find = (pointId: string, time: Date): string => {
    const position = at(0, { measuredAt: time });
    const result = attemptPoint(state({ progress, point: aPoint({ pointId }), challengedAt: time }), position, time);
    progress = result.progress;
    return result.reason;
  };
  expect(['a', 'b', 'a', 'c', 'd'].map((pointId) => find(pointId, now))).toEqual([
    '',
    '',
    'POINT_CLAIMED_ALREADY',
    '',
    'DAILY_LIMIT_REACHED',
  ]);
  // 16:00 UTC is midnight in Shanghai.
  expect(find('d', new Date('2026-03-02T15:59:59Z'))).toBe('DAILY_LIMIT_REACHED');
  expect(find('d', new Date('2026-03-02T16:00:00Z'))).toBe('');
});

it('takes what another profile of the person found for found, and counts it to the day', () => {
  const found = ['a', 'b'].map((pointId) => ({ pointId, foundAt: now }));
  const other = { ...emptyProgress('treasure', 'c-2'), found, day: '2026-03-02', dayCount: 2 };
  const find = (pointId: string, progress = emptyProgress('treasure', 'c-1')) =>
    attemptPoint(state({ progress, others: [other], point: aPoint({ pointId }) }), at(0), now);
  const third = find('c');
  expect([find('a').reason, third.reason, third.progress.dayCount]).toEqual(['POINT_CLAIMED_ALREADY', '', 1]);
  expect(find('d', third.progress).reason).toBe('DAILY_LIMIT_REACHED');
});

it('remembers a believed position only', () => {
  expect(attemptPoint(state({ seen: [seen(100_000, -10)] }), at(0), now).seen).toBeNull();
  expect(attemptPoint(state(), at(200), now)).toMatchObject({ reason: 'TOO_FAR', seen: { at: now } });
});

it('takes a challenge from whom it was issued to, while it lives, unaltered', () => {
  const { challenge, expiresAt } = issueChallenge(owner, 'nonce-1', key, now);
  const read =
    (text: string, whom = owner, time = now, by = key) =>
    () =>
      readChallenge(text, whom, by, time);
  expect(read(challenge)()).toEqual({ nonce: 'nonce-1', issuedAt: now, expiresAt });
  const invalid = expect.objectContaining({ reason: 'CHALLENGE_INVALID' }) as Error;
  for (const forged of ['', 'a.b', 'a.b.c', `${challenge}.x`, challenge.replace('nonce-1', 'nonce-2')]) {
    expect(read(forged)).toThrow(invalid);
  }
  expect(read(challenge, { ...owner, customerId: 'c-2' })).toThrow(invalid);
  expect(read(challenge, { ...owner, huntId: 'other' })).toThrow(invalid);
  expect(read(challenge, owner, now, Buffer.alloc(32, 8))).toThrow(invalid);
  expect(read(challenge, owner, after(60))()).toMatchObject({ nonce: 'nonce-1' });
  expect(read(challenge, owner, after(61))).toThrow(expect.objectContaining({ reason: 'CHALLENGE_EXPIRED' }));
});
