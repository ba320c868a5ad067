import * as fc from 'fast-check';
import {
  changeTarget,
  emptyDay,
  follow,
  growthOf,
  noteActive,
  requireOwnOutlet,
  type Fan,
  type FollowCommand,
} from './fan';

const now = new Date('2026-03-02T00:00:00Z');
const command = (requestId: string, isFollowing: boolean): FollowCommand => ({
  requestId,
  kind: 'store',
  targetId: 's-1',
  customerId: 'c-1',
  isFollowing,
  source: 'qr',
});
const aFan = (): Fan => follow(undefined, command('r', true), now).fan;

it('counts a customer once while he follows, whatever he wishes and repeats', () => {
  const wish = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean());
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 40 }), (wishes) => {
      let fan: Fan | undefined;
      let count = 0;
      const heard = new Map<number, boolean>();
      for (const [id, isFollowing] of wishes) {
        const before = fan?.isFollowing ?? false;
        if (heard.has(id) && heard.get(id) !== isFollowing) {
          const reused = expect.objectContaining({ reason: 'REQUEST_ID_REUSED' });
          expect(() => follow(fan, command(String(id), isFollowing), now)).toThrow(reused);
          continue;
        }
        const next = follow(fan, command(String(id), isFollowing), now);
        fan = next.fan;
        count += next.growth;
        expect(fan.isFollowing).toBe(heard.has(id) ? before : isFollowing);
        heard.set(id, isFollowing);
        expect(count).toBe(fan.isFollowing ? 1 : 0);
      }
    }),
  );
});

it('tells a repeat of what an earlier version heard as before', () => {
  const held = { ...aFan(), requests: [], requestIds: ['old'] };
  expect(follow(held, command('old', false), now)).toEqual({ fan: held, growth: 0 });
  expect(follow(held, command('new', false), now)).toMatchObject({ fan: { isFollowing: false }, growth: -1 });
});

it('counts an active day once, while he follows, and not long afterwards', () => {
  const active = noteActive(aFan(), '2026-03-02');
  expect(active?.activeDays).toEqual(['2026-03-02']);
  expect(noteActive(active!, '2026-03-02')).toBeUndefined();
  expect(noteActive(active!, '2026-03-01')?.activeDays).toEqual(['2026-03-01', '2026-03-02']);
  expect(noteActive({ ...aFan(), isFollowing: false }, '2026-03-02')).toBeUndefined();
  const days = Array.from({ length: 40 }, (_, index) => `2026-03-${String(index + 10)}`);
  expect(noteActive({ ...aFan(), activeDays: days }, '2026-01-01')).toBeUndefined();
});

it('carries the count over days without a change', () => {
  const known = new Map([
    ['2026-03-02', { ...emptyDay('2026-03-02', 7), followedCount: 3, unfollowedCount: 1 }],
    ['2026-03-03', { ...emptyDay('2026-03-03', 0), activeCount: 2 }],
  ]);
  const days = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'];
  expect(growthOf(days, known, 5).map(({ fanCount, activeCount }) => [fanCount, activeCount])).toEqual([
    [5, 0],
    [7, 0],
    [7, 2],
    [7, 0],
  ]);
});

it('keeps an outlet’s organisation, and lets a store go with its merchant', () => {
  const target = { targetId: 'hq/east/o', name: 'S', orgPath: 'hq', timeZone: 'UTC', createdAt: now };
  const [store, outlet] = [{ ...target, kind: 'store' } as const, { ...target, kind: 'outlet' } as const];
  expect(changeTarget(outlet, { ...outlet, name: 'T' }).name).toBe('T');
  expect(changeTarget(store, { ...store, orgPath: 'hq/east' })).toEqual({ ...store, orgPath: 'hq/east' });
  const fixed = expect.objectContaining({ reason: 'TARGET_ORG_FIXED' });
  expect(() => changeTarget(outlet, { ...outlet, orgPath: 'hq/east' })).toThrow(fixed);
  for (const held of [store, outlet])
    expect(() => changeTarget(held, { ...held, timeZone: 'Asia/Tokyo' })).toThrow(fixed);
});

it('takes an outlet for that of an organisation only if it lies within it', () => {
  const place = (targetId: string, orgPath: string) => ({ kind: 'outlet', targetId, orgPath }) as const;
  expect(() => requireOwnOutlet(place('hq/east/o', 'hq/east'))).not.toThrow();
  expect(() => requireOwnOutlet(place('hq/east/o', 'hq/east/o'))).not.toThrow();
  const foreign = expect.objectContaining({ reason: 'TARGET_NOT_OF_ORG' });
  for (const id of ['hq/west/o', 'hq/east-2/o', 'hq', 'o']) {
    expect(() => requireOwnOutlet(place(id, 'hq/east'))).toThrow(foreign);
  }
  expect(() => requireOwnOutlet({ kind: 'store', targetId: 'o', orgPath: 'hq/east' })).not.toThrow();
});
