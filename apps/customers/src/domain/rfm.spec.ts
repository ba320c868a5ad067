import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { customerIdOf } from './customer-id';
import { rfmScores, type RfmMeasure } from './rfm';

const DAY_MS = 86_400_000;
const WINDOW_END = Date.UTC(1998, 11, 31);

function berkaMeasures(): RfmMeasure[] {
  const file = join(__dirname, '../../../../data/berka/trans_test.csv');
  const measures = new Map<string, RfmMeasure>();
  for (const line of readFileSync(file, 'utf8').trim().split('\n').slice(1)) {
    const [, account = '', date = '', , , amount = ''] = line.split(';');
    const at = Date.UTC(1900 + Number(date.slice(0, 2)), Number(date.slice(2, 4)) - 1, Number(date.slice(4)));
    if (at <= WINDOW_END - 3650 * DAY_MS || at > WINDOW_END) continue;
    const customerId = customerIdOf(`berka-${account}`);
    const held = measures.get(customerId) ?? { customerId, lastAtMs: 0, count: 0, amountMinor: 0 };
    measures.set(customerId, {
      customerId,
      lastAtMs: Math.max(held.lastAtMs, at),
      count: held.count + 1,
      amountMinor: held.amountMinor + Math.round(Number(amount) * 100),
    });
  }
  return [...measures.values()];
}

describe('rfmScores', () => {
  it('agrees with pandas and numpy on the Berka transactions', () => {
    const golden = readFileSync(join(__dirname, '../testing/rfm-berka.golden.csv'), 'utf8').trim().split('\n').slice(1);
    const scores = rfmScores(berkaMeasures());
    const ours = golden.map((line) => {
      const [externalId = '', customerId = ''] = line.split(',');
      expect(customerIdOf(externalId)).toBe(customerId);
      const score = scores.get(customerId);
      return `${externalId},${customerId},${score?.recency},${score?.frequency},${score?.monetary}`;
    });
    expect(golden.length).toBeGreaterThan(300);
    expect(scores.size).toBe(golden.length);
    expect(ours).toEqual(golden);
  });

  it('cuts into five runs whose sizes differ by one at most, the lower ones larger, and never against the order', () => {
    const measure = fc.record({ lastAtMs: fc.nat(20), count: fc.nat(5), amountMinor: fc.nat(1000) });
    fc.assert(
      fc.property(fc.array(measure, { maxLength: 60 }), (list) => {
        const measures = list.map((one, i) => ({ ...one, customerId: `c-${i}` }));
        const scores = rfmScores(measures);
        const sizes = [1, 2, 3, 4, 5].map((q) => [...scores.values()].filter((score) => score.monetary === q).length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect([...sizes].sort((a, b) => b - a)).toEqual(sizes);
        for (const a of measures) {
          for (const b of measures) {
            if (a.amountMinor < b.amountMinor) {
              expect(scores.get(a.customerId)!.monetary).toBeLessThanOrEqual(scores.get(b.customerId)!.monetary);
            }
          }
        }
      }),
    );
  });

  it('does not depend on the order of its input', () => {
    const measures = berkaMeasures();
    expect(rfmScores([...measures].reverse())).toEqual(rfmScores(measures));
  });
});
