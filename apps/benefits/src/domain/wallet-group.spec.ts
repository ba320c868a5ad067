import fc from 'fast-check';
import { INSTANCE_STATES } from './instance';
import { BENEFIT_KINDS, isUsedByClaim } from './stock';
import { expiresInSeconds, groupOf, summarize, WALLET_GROUPS, WALLET_PARTS } from './wallet-group';

const NOW = new Date('2026-03-02T12:00:00Z');
const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

it('puts every state, before and after its date, into exactly one group', () => {
  for (const state of INSTANCE_STATES) {
    for (const when of ['alive', 'past'] as const) {
      const groups = WALLET_GROUPS.filter((group) =>
        WALLET_PARTS[group].some((part) => part.state === state && (part.when ?? when) === when),
      );
      expect([state, when, groups]).toEqual([state, when, [expect.any(String)]]);
    }
  }
});

it.each([
  ['issued', 1, 'available'],
  ['issued', 0, 'expired'],
  ['held', -5, 'held'],
  ['gifting', 60, 'on_way'],
  ['redeemed', 60, 'used'],
  ['transferred', 60, 'used'],
  ['void', 60, 'expired'],
  ['reversed', 60, 'expired'],
] as const)('%s, %i seconds before its date, is %s', (state, seconds, group) => {
  expect(groupOf({ state, expiresAt: at(seconds) }, NOW)).toBe(group);
});

it('counts down in whole seconds and never below zero', () => {
  const expiresAt = new Date(NOW.getTime() + 90_999);
  expect(expiresInSeconds({ state: 'issued', expiresAt }, NOW)).toBe(90);
  expect(expiresInSeconds({ state: 'held', expiresAt: at(-3) }, NOW)).toBe(0);
  expect(expiresInSeconds({ state: 'redeemed', expiresAt }, NOW)).toBe(0);
});

it('counts every instance once and adds up its value by currency', () => {
  const instance = fc.record({
    state: fc.constantFrom(...INSTANCE_STATES),
    expiresAt: fc.integer({ min: -1_000, max: 1_000 }).map(at),
    faceValueMinor: fc.integer({ min: 1, max: 100_000 }),
    remainingMinor: fc.nat(100_000),
    currency: fc.constantFrom('CNY', 'PTS'),
    kind: fc.constantFrom(...BENEFIT_KINDS),
  });
  fc.assert(
    fc.property(fc.array(instance), (instances) => {
      const summaries = [...summarize(instances, NOW)];
      expect(summaries.map(([group]) => group)).toEqual([...WALLET_GROUPS]);
      expect(summaries.reduce((sum, [, { count }]) => sum + count, 0)).toBe(instances.length);
      const inMoney = instances.filter(({ kind, currency }) => currency === 'CNY' && !isUsedByClaim(kind));
      const available = inMoney.filter(({ state, expiresAt }) => state === 'issued' && expiresAt > NOW);
      const left = available.map(({ remainingMinor }) => remainingMinor);
      expect(summaries[0]![1].values.get('CNY') ?? 0).toBe(sumOf(left));
      const used = inMoney.filter(({ state }) => state === 'redeemed' || state === 'transferred');
      const faces = used.map(({ faceValueMinor }) => faceValueMinor);
      expect(summaries[3]![1].values.get('CNY') ?? 0).toBe(sumOf(faces));
    }),
  );
});
