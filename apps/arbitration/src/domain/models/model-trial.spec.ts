import * as fc from 'fast-check';
import { trialOf } from './model-trial';

it('puts every score in one bin and its figures in order', () => {
  const score = fc.double({ min: 0, max: 1, noNaN: true });
  const time = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(score, time), { minLength: 1, maxLength: 300 }), (rows) => {
      const trial = trialOf(
        rows.map(([one]) => one),
        rows.map(([, ms]) => ms),
        new Date(0),
      );
      expect(trial.bins.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
      expect(trial.latencyP50Ms).toBeLessThanOrEqual(trial.latencyP99Ms);
      expect(trial.scoreMin).toBeLessThanOrEqual(trial.scoreMean + 1e-9);
      expect(trial.scoreMean).toBeLessThanOrEqual(trial.scoreMax + 1e-9);
    }),
  );
});

it('takes the latency that so many rows stayed within', () => {
  const times = Array.from({ length: 200 }, (_, i) => i + 1);
  const trial = trialOf(
    times.map(() => 0.5),
    times.reverse(),
    new Date(0),
  );
  expect(trial).toMatchObject({ latencyP50Ms: 100, latencyP99Ms: 198, rowCount: 200 });
});
