import { explain, type DecisionGrounds } from './why';

const grounds = (overrides: Partial<DecisionGrounds> = {}): DecisionGrounds => ({
  momentId: '',
  pushId: 'p1',
  mode: 'push',
  rank: 3,
  isExploration: false,
  reason: 'CHOSEN',
  channel: 'remote_bank',
  priority: { propensity: 0.3141, contextWeight: 1, value: 200, lever: 1.5, score: 94.23 },
  candidates: [
    { actionId: 'deposit', channel: 'remote_bank', isChosen: true, reason: 'CHOSEN' },
    { actionId: 'card', channel: 'app', isChosen: false, reason: 'QUIET_HOURS' },
  ],
  ...overrides,
});

describe('why a customer', () => {
  it('names the occasion, the factors that matter and what lost', () => {
    expect(explain(grounds())).toEqual([
      'Rank 3 of the name list in this campaign.',
      'Likelihood of success 31.4 %.',
      'Value of a success 200.',
      'Business lever 150 %.',
      'Priority 94.2 = likelihood × channel × value × lever.',
      'Not chosen: card over app (quiet hours).',
    ]);
  });

  it.each([
    [{ momentId: 'large-outflow' }, 'A moment of truth: rule large-outflow was met.'],
    [{ mode: 'pull' }, 'The next best action when the customer was seen on remote bank.'],
  ])('begins with the occasion of %j', (overrides, first) => {
    expect(explain(grounds(overrides))[0]).toBe(first);
  });

  it('says that exploration chose at random', () => {
    expect(explain(grounds({ isExploration: true }))[1]).toContain('at random');
  });
});
