import fc from 'fast-check';
import { aStock } from '../testing/stock.factory';
import { epochOf, issueSeed, requireSeed, seedSecret, seedSignature } from './code-seed';
import { issueInstance } from './instance';
import { checkCode, CODE_STEP_MS, readCode } from './redemption-code';

const KEY = Buffer.alloc(32, 7);
const NOW = new Date('2026-03-02T02:00:10Z');
const STEP = Math.floor(NOW.getTime() / CODE_STEP_MS);
const OWNER = { instanceId: 'instance-1', customerId: 'customer-1', epoch: 3 };
const DAY_MS = 24 * 3_600_000;
const later = (ms: number): Date => new Date(NOW.getTime() + ms);
const instance = issueInstance(aStock(), { ...OWNER, requestId: 'r', now: NOW });

const codeAt = (step: number, owner = OWNER, key = KEY): string =>
  [OWNER.instanceId, step.toString(36), '~3', seedSignature(seedSecret(owner, key), step)].join('.');
const reasonOf = (work: () => void): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};
const check = (code: string, now = NOW): string =>
  reasonOf(() => checkCode(readCode(code), OWNER.customerId, KEY, now));

it('makes codes that are good in their step and the one beside it', () => {
  expect([-2, -1, 0, 1, 2].map((steps) => check(codeAt(STEP + steps)))).toEqual([
    'CODE_STALE',
    'none',
    'none',
    'none',
    'CODE_STALE',
  ]);
});

it('makes a secret of which no other instance, holder, epoch or key has the codes', () => {
  const others = [{ instanceId: 'instance-2' }, { customerId: 'customer-2' }, { epoch: 4 }];
  for (const other of others) expect(check(codeAt(STEP, { ...OWNER, ...other }))).toBe('CODE_INVALID');
  expect(check(codeAt(STEP, OWNER, Buffer.alloc(32, 8)))).toBe('CODE_INVALID');
});

it('refuses a code that was changed anywhere', () => {
  const code = codeAt(STEP);
  fc.assert(
    fc.property(fc.nat(code.length - 1), fc.constantFrom(...'abz019._-~'), (index, letter) => {
      fc.pre(code[index] !== letter);
      const changed = code.slice(0, index) + letter + code.slice(index + 1);
      expect(['CODE_INVALID', 'CODE_STALE']).toContain(check(changed));
    }),
  );
});

it.each(['~', '~-1', '~1.5', '~A', '~01', '3', 'n1'])('takes %s for no epoch', (nonce) => {
  expect(epochOf(nonce)).toBeUndefined();
});

it('ends a seed by its time, by a new one and by the end of the benefit', () => {
  const first = issueSeed(instance, { before: null, validForMs: DAY_MS, now: NOW });
  expect(first).toMatchObject({ epoch: 1, expiresAt: later(DAY_MS) });
  const second = issueSeed(instance, { before: first, validForMs: 30 * DAY_MS, now: NOW });
  expect(second).toMatchObject({ epoch: 2, expiresAt: instance.expiresAt });
  expect(reasonOf(() => requireSeed(1, first, later(DAY_MS - 1)))).toBe('none');
  expect(reasonOf(() => requireSeed(1, first, later(DAY_MS)))).toBe('CODE_SEED_ENDED');
  expect(reasonOf(() => requireSeed(1, second, NOW))).toBe('CODE_SEED_ENDED');
  expect(reasonOf(() => requireSeed(1, undefined, NOW))).toBe('CODE_SEED_ENDED');
  const given = { ...instance, state: 'transferred' as const };
  expect(reasonOf(() => issueSeed(given, { before: null, validForMs: DAY_MS, now: NOW }))).toBe(
    'INSTANCE_NOT_AVAILABLE',
  );
});
