import type { Rule } from '@tidegate/rules';
import { action, segmentsOf, treatment } from '../testing/action.factory';
import { momentRule, strategy } from '../testing/strategy.factory';
import { newestOf } from './strategy';
import { compileStrategy } from './strategy-snapshot';

const working: Rule = { field: 'attributes.age', op: 'lt', value: 60 };

describe('a compiled strategy', () => {
  const version = newestOf(
    strategy({
      segmentId: 'outer',
      actionIds: ['deposit', 'deposit'],
      momentRules: [
        momentRule({ condition: { any: [{ segment: 'inner' }, { field: 'event.amount', op: 'gt', value: 1 }] } }),
      ],
    }),
  );
  const parts = {
    actions: new Map([
      [
        'deposit',
        action({
          eligibility: { not: { segment: 'inner' } },
          treatments: [treatment({ channel: 'branch', scriptId: 'call', queue: 'east' })],
        }),
      ],
    ]),
    scripts: new Map([['call', { version: 3, orgPath: 'hq' }]]),
    scriptTexts: new Map(),
    stocks: new Map(),
    quotas: new Map(),
    audienceSize: null,
    wordLists: [],
    segments: segmentsOf({ outer: { all: [{ segment: 'inner' }, { tag: 'vip' }] }, inner: working }),
  };
  const compiled = compileStrategy(version, parts);

  it('has every segment put in, at any depth', () => {
    expect(compiled.audience).toEqual({ all: [working, { tag: 'vip' }] });
    expect(compiled.actions[0]?.eligibility).toEqual({ not: working });
    expect(compiled.momentRules[0]?.condition).toEqual({
      any: [working, { field: 'event.amount', op: 'gt', value: 1 }],
    });
    expect(JSON.stringify(compiled)).not.toContain('"segment":');
  });

  it('says which versions of segments were put in, at any depth', () => {
    expect(compiled.segmentVersions).toEqual({ outer: 1, inner: 1 });
  });

  it('holds each action once and binds the newest script', () => {
    expect(compiled.actions.map((item) => item.actionId)).toEqual(['deposit']);
    expect(compiled.scriptVersions).toEqual({ call: 3 });
  });
});
