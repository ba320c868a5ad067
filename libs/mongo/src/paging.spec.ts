import fc from 'fast-check';
import { decodeNumberToken, decodeTimeToken, encodePageToken, tokenNumber } from './paging';

// Goal: a page token is understood as it was given out, or refused as invalid; never a place that no list has.

const reasonOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};
const id = fc.string({ minLength: 1, maxLength: 20 });

it('reads back what it wrote, and the first page for no token', () => {
  expect([decodeTimeToken(''), decodeNumberToken('')]).toEqual([undefined, undefined]);
  fc.assert(
    fc.property(
      fc.date({ noInvalidDate: true }),
      id,
      fc.array(fc.maxSafeNat(), { minLength: 1 }),
      (at, last, numbers) => {
        expect(decodeTimeToken(encodePageToken([at.toISOString(), last]))).toEqual({ at, id: last });
        expect(decodeNumberToken(encodePageToken(numbers.map(String)), numbers.length)).toEqual(numbers);
      },
    ),
  );
});

it('refuses every other token', () => {
  const at = new Date('2026-03-02T02:00:00Z').toISOString();
  for (const keys of [['x', 'y'], ['', 'y'], [at], [at, ''], [at, 'y', 'z'], ['2026', 'y'], ['12', 'y']]) {
    expect([keys, reasonOf(() => decodeTimeToken(encodePageToken(keys)))]).toEqual([keys, 'PAGE_TOKEN_INVALID']);
  }
  for (const key of ['', ' ', 'x', '-1', '1.5', 'NaN', 'Infinity', '1e300']) {
    expect([key, reasonOf(() => decodeNumberToken(encodePageToken([key])))]).toEqual([key, 'PAGE_TOKEN_INVALID']);
  }
  expect(reasonOf(() => decodeNumberToken(encodePageToken(['1']), 2))).toBe('PAGE_TOKEN_INVALID');
  expect([tokenNumber('0.5'), tokenNumber('1e-7')]).toEqual([0.5, 1e-7]);
});

it('answers any token with a valid place or a refusal', () => {
  const token = fc.oneof(fc.string(), fc.array(fc.oneof(fc.string(), fc.double().map(String))).map(encodePageToken));
  fc.assert(
    fc.property(token, (pageToken) => {
      const answers = [() => decodeTimeToken(pageToken)?.at.getTime(), () => decodeNumberToken(pageToken)?.[0]];
      for (const answer of answers) {
        const reason = reasonOf(answer);
        expect(['none', 'PAGE_TOKEN_INVALID']).toContain(reason);
        if (reason === 'none') expect(answer() ?? 0).not.toBeNaN();
      }
    }),
  );
});
