import fc from 'fast-check';
import { checkCode, CODE_STEP_MS, makeCode, readCode } from './redemption-code';

const KEY = Buffer.alloc(32, 7);
const NOW = new Date('2026-03-02T02:00:10Z');
const OWNER = { instanceId: 'instance-1', customerId: 'customer-1' };
const later = (steps: number): Date => new Date(NOW.getTime() + steps * CODE_STEP_MS);
const reasonOf = (code: string, now = NOW, key = KEY, customerId = OWNER.customerId): string => {
  try {
    checkCode(readCode(code), customerId, key, now);
    return 'none';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

describe('redemption codes', () => {
  const { code } = makeCode(OWNER, 'n1', KEY, NOW);

  it('are good when fresh, and one step later', () => {
    expect(readCode(code).instanceId).toBe('instance-1');
    expect(reasonOf(code)).toBe('none');
    expect(reasonOf(code, later(1))).toBe('none');
  });

  it('are refused when stale, from the future or of another key', () => {
    expect(reasonOf(code, later(2))).toBe('CODE_STALE');
    expect(reasonOf(code, later(-2))).toBe('CODE_STALE');
    expect(reasonOf(code, NOW, Buffer.alloc(32, 8))).toBe('CODE_INVALID');
  });

  it('are of no use once the benefit is another customer’s', () => {
    expect(reasonOf(code, NOW, KEY, 'customer-2')).toBe('CODE_INVALID');
  });

  it('differ within a step, so that a fresh one can be shown', () => {
    const { code: fresh } = makeCode(OWNER, 'n2', KEY, NOW);
    expect(fresh).not.toBe(code);
    expect(reasonOf(fresh)).toBe('none');
  });

  it('are refused when altered in any way', () => {
    fc.assert(
      fc.property(fc.nat(code.length - 1), fc.constantFrom('a', 'Z', '0', '.', '-', ' '), (position, character) => {
        fc.pre(code[position] !== character);
        const altered = code.slice(0, position) + character + code.slice(position + 1);
        // A lookup by another instance id finds another holder; here the id itself is signed too.
        expect(reasonOf(altered)).toBe('CODE_INVALID');
      }),
    );
  });
});
