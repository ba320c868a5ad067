import { foldFunnel, stageRank, type FunnelTally } from './funnel';

const tally = (overrides: Partial<FunnelTally>): FunnelTally => ({
  strategyId: 'deposit',
  channel: 'app',
  reason: 'CHOSEN',
  considered: 1,
  chosen: 0,
  delivered: 0,
  reached: 0,
  responded: 0,
  converted: 0,
  ...overrides,
});

describe('funnel', () => {
  it('folds reasons into one row per strategy and channel', () => {
    const rows = foldFunnel([
      tally({ channel: 'remote_bank', reason: 'OUTRANKED', considered: 3 }),
      tally({ considered: 5, chosen: 5, delivered: 4, reached: 3, responded: 2, converted: 1 }),
      tally({ reason: 'CONSENT_MISSING', considered: 2 }),
    ]);
    expect(rows).toEqual([
      {
        strategyId: 'deposit',
        channel: 'app',
        considered: 7,
        chosen: 5,
        delivered: 4,
        reached: 3,
        responded: 2,
        converted: 1,
        countByReason: { CHOSEN: 5, CONSENT_MISSING: 2 },
      },
      expect.objectContaining({ channel: 'remote_bank', considered: 3, chosen: 0, countByReason: { OUTRANKED: 3 } }),
    ]);
  });

  it('ranks stages in order, from 1', () => {
    expect([stageRank('delivered'), stageRank('converted')]).toEqual([1, 4]);
  });
});
