import type { Rule } from '@tidegate/rules';
import { action, segment, segmentsOf, treatment } from '../testing/action.factory';
import { momentRule, strategy } from '../testing/strategy.factory';
import { newestOf } from './strategy';
import { compileStrategy, outlineStrategy } from './strategy-snapshot';

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
    queues: new Map(),
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

  it('leaves what is not its organisation’s to use as it was written, where it is only outlined', () => {
    const foreign = segment({ segmentId: 'inner', orgPath: 'hq/west', rule: working });
    const segments = new Map([...parts.segments, ['inner', foreign] as const]);
    const outline = outlineStrategy(version, 'hq/east', { ...parts, segments });
    expect(outline.actions[0]?.eligibility).toEqual({ not: { segment: 'inner' } });
    // What a segment names is part of it.
    expect(outline.audience).toEqual({ all: [working, { tag: 'vip' }] });
    expect(outlineStrategy(version, 'hq', parts).actions[0]?.eligibility).toEqual({ not: working });
  });

  it('holds each action once and binds the newest script', () => {
    expect(compiled.actions.map((item) => item.actionId)).toEqual(['deposit']);
    expect(compiled.scriptVersions).toEqual({ call: 3 });
  });
});
