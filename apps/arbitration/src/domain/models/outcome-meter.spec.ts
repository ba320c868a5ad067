import * as fc from 'fast-check';
import { emptyMeter, readMeter, recordOutcome } from './outcome-meter';

const someOutcomes = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), {
  minLength: 1,
  maxLength: 200,
});

describe('outcome meter', () => {
  it('reads nothing from nothing', () => {
    expect(readMeter(emptyMeter())).toMatchObject({ count: 0, baseRate: 0, logLoss: 0, recentLogLoss: 0 });
  });

  it('puts every outcome in one bin and adds up', () => {
    fc.assert(
      fc.property(someOutcomes, (outcomes) => {
        const meter = emptyMeter();
        outcomes.forEach(([score, outcome]) => recordOutcome(meter, score, outcome));
        const { calibration, count, positives, logLoss } = readMeter(meter);
        expect(count).toBe(outcomes.length);
        expect(calibration.reduce((sum, bin) => sum + bin.count, 0)).toBe(count);
        expect(calibration.reduce((sum, bin) => sum + bin.outcomeRate * bin.count, 0)).toBeCloseTo(positives, 9);
        const losses = outcomes.map(([score, outcome]) => -Math.log(Math.max(1e-9, outcome ? score : 1 - score)));
        expect(logLoss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / count, 9);
      }),
    );
  });

  it('forgets in the recent averages what the whole ones keep', () => {
    const meter = emptyMeter();
    for (let i = 0; i < 5000; i += 1) recordOutcome(meter, 0.1, false);
    for (let i = 0; i < 5000; i += 1) recordOutcome(meter, 0.9, true);
    const report = readMeter(meter);
    expect(report.baseRate).toBe(0.5);
    expect(report.recentBaseRate).toBeGreaterThan(0.99);
    expect(report.calibration.find(({ upTo }) => upTo === 0.1)).toMatchObject({ count: 5000, outcomeRate: 0 });
  });

  it('shows a model that knows nothing as no better than the base rate', () => {
    const meter = emptyMeter();
    for (let i = 0; i < 3000; i += 1) recordOutcome(meter, 0.25, i % 4 === 0);
    const { recentLogLoss, recentBaseRateLogLoss } = readMeter(meter);
    expect(recentLogLoss).toBeCloseTo(recentBaseRateLogLoss, 2);
  });
});
