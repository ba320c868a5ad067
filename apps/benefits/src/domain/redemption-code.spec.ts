import fc from 'fast-check';
import { CODE_STEP_MS, makeCode, readCode } from './redemption-code';

const KEY = Buffer.alloc(32, 7);
const NOW = new Date('2026-03-02T02:00:10Z');
const later = (steps: number): Date => new Date(NOW.getTime() + steps * CODE_STEP_MS);
const reasonOf = (code: string, now = NOW, key = KEY): string => {
  try {
    readCode(code, key, now);
    return 'none';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

describe(readCode.name, () => {
  const { code } = makeCode('instance-1', KEY, NOW);

  it('reads a fresh code, and one a step old', () => {
    expect(readCode(code, KEY, NOW).instanceId).toBe('instance-1');
    expect(reasonOf(code, later(1))).toBe('none');
  });

  it('refuses a stale code, one from the future and one of another key', () => {
    expect(reasonOf(code, later(2))).toBe('CODE_STALE');
    expect(reasonOf(code, later(-2))).toBe('CODE_STALE');
    expect(reasonOf(code, NOW, Buffer.alloc(32, 8))).toBe('CODE_INVALID');
  });

  it('refuses every altered code', () => {
    fc.assert(
      fc.property(fc.nat(code.length - 1), fc.constantFrom('a', 'Z', '0', '.', '-'), (position, character) => {
        fc.pre(code[position] !== character);
        const altered = code.slice(0, position) + character + code.slice(position + 1);
        expect(reasonOf(altered)).toBe('CODE_INVALID');
      }),
    );
  });
});
