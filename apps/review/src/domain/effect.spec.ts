import { effectOf, type EffectInput } from './effect';

const input = (overrides: Partial<EffectInput> = {}): EffectInput => ({
  treated: { count: 70, knownCount: 70, successCount: 56 },
  control: { count: 80, knownCount: 80, successCount: 48 },
  plannedControlShare: 0.5,
  outcome: 'converted',
  ...overrides,
});

describe('effect', () => {
  it('is the difference of rates with its interval', () => {
    const effect = effectOf(input());
    expect(effect.hasLift).toBe(true);
    expect(effect.absoluteLift).toBeCloseTo(0.2, 12);
    expect(effect.relativeLift).toBeCloseTo(1 / 3, 12);
    expect([effect.ciLow, effect.ciHigh].map((value) => value.toFixed(4))).toEqual(['0.0524', '0.3339']);
    expect(effect.explanation).toContain('more often than');
  });

  it('says when the interval holds zero, or the effect is harm', () => {
    const same = { count: 70, knownCount: 70, successCount: 42 };
    expect(effectOf(input({ treated: same })).explanation).toContain('not detectably');
    expect(effectOf(input({ treated: { ...same, successCount: 5 } })).explanation).toContain('less often than');
  });

  it('shows no lift when the control group has no outcome, and says why', () => {
    const effect = effectOf(input({ control: { count: 80, knownCount: 0, successCount: 0 } }));
    expect(effect).toMatchObject({ hasLift: false, absoluteLift: 0, ciLow: 0, ciHigh: 0, relativeLift: 0 });
    expect(effect.explanation).toContain('None of the 80 control customers has a recorded outcome');
    expect(effect.sampleRatioP).toBeGreaterThan(0.3);
  });

  it('shows no lift without one of the groups', () => {
    const empty = { count: 0, knownCount: 0, successCount: 0 };
    expect(effectOf(input({ control: empty, plannedControlShare: 0 })).explanation).toContain('keeps no control group');
    expect(effectOf(input({ treated: empty })).explanation).toContain('Nobody was drawn into treatment');
  });

  it('warns when the split is not the planned one', () => {
    expect(effectOf(input({ plannedControlShare: 0.1 })).explanation).toContain('Warning');
    expect(effectOf(input()).explanation).not.toContain('Warning');
  });

  it('has no relative lift over a control rate of zero', () => {
    const effect = effectOf(input({ control: { count: 80, knownCount: 80, successCount: 0 } }));
    expect(effect).toMatchObject({ hasLift: true, relativeLift: 0 });
  });
});
