import { AdaptiveModel } from '../../apps/arbitration/src/domain/models/adaptive-model';
import { historyLength, readAdaptiveConfig, readBankRows } from './bank-rows';
import { CAMPAIGN, rankerOf, replayCampaign } from './campaign-replay';

const rows = readBankRows();
const config = readAdaptiveConfig();

describe('the campaign replayed with the adaptive model', () => {
  it('reaches more than 28 % of the subscribers with calls to 20 % of the customers', async () => {
    const options = { ...CAMPAIGN, historyLength: historyLength(rows), seed: 7 };
    const { reachedShare, called, subscribers } = await replayCampaign(
      rows,
      rankerOf(new AdaptiveModel(config)),
      options,
    );
    expect(rows).toHaveLength(45_210);
    expect(subscribers).toBe(4477);
    expect(called).toHaveLength(5425);
    expect(reachedShare).toBeGreaterThan(0.28);
  });

  it('calls the same customers whatever those it never calls would have answered', async () => {
    const early = rows.slice(0, 12_000);
    const options = { ...CAMPAIGN, windowSize: 1000, historyLength: 4000, seed: 7 };
    const { called } = await replayCampaign(early, rankerOf(new AdaptiveModel(config)), options);
    const known = new Set(called);
    const altered = early.map((row, i) =>
      i < options.historyLength || known.has(i) ? row : { ...row, isSubscribed: !row.isSubscribed },
    );
    const again = await replayCampaign(altered, rankerOf(new AdaptiveModel(config)), options);
    expect(called).toHaveLength(1600);
    expect(again.called).toEqual(called);
  });

  it('takes no notice of what is known only after the call, nor of the date', () => {
    const model = new AdaptiveModel(config);
    rows.slice(0, 500).forEach(({ attributes, isSubscribed }) => model.learn(attributes, isSubscribed));
    expect(config.spec.forbidden).toEqual(expect.arrayContaining(['duration', 'y', 'day', 'month']));
    for (const { attributes } of rows.slice(500, 600)) {
      const tampered = { ...attributes, duration: '9', y: 'yes', day: '1', month: 'dec' };
      expect(model.score(tampered)).toBe(model.score(attributes));
    }
  });
});
