import { compilePredicate, type Rule } from '@tidegate/rules';
import * as fc from 'fast-check';
import { momentRule, NOW, snapshot } from '../testing/strategy.factory';
import type { MomentRule } from './moment-rule';
import type { StrategyContent } from './strategy';
import { compileThresholdRule, type Fact } from './threshold-moment';

const fact = (overrides: Partial<Fact> = {}): Fact => ({
  factId: 'core/1',
  factType: 'transaction',
  customerId: 'c1',
  data: { amount: 20_000 },
  occurredAt: NOW,
  acceptedAt: NOW,
  ...overrides,
});

const compiled = (overrides: Partial<MomentRule> = {}, strategy: Partial<StrategyContent> = {}) => {
  const rule = momentRule(overrides);
  return compileThresholdRule(snapshot([rule], strategy), rule, 480);
};

const isRich: Rule = { field: 'attributes.balance', op: 'gt', value: 0 };
const isLarge: Rule = { field: 'event.amount', op: 'gte', value: 10_000 };

const loginsIn = (windowDays: number) =>
  ({ events: { type: 'login', windowDays, count: { op: 'gte', value: 2 } } }) as const;

describe('threshold rules', () => {
  it('decide by the fact alone where they can', () => {
    expect(compiled().screen(fact())).toBe('fires');
    expect(compiled().screen(fact({ data: { amount: 1 } }))).toBe('silent');
    expect(compiled({ condition: null }).screen(fact())).toBe('fires');
  });

  it('ask for the customer only when the fact leaves it open', () => {
    const rule = compiled({ condition: { all: [isLarge, isRich] } });
    expect(rule.screen(fact({ data: { amount: 1 } }))).toBe('silent');
    expect(rule.screen(fact())).toBe('ask');
    expect(rule.judge(fact(), { attributes: { balance: 1 } })).toBe('fires');
    expect(rule.judge(fact(), { attributes: {} })).toBe('silent');
    expect(compiled({ condition: { any: [isLarge, isRich] } }).screen(fact())).toBe('fires');
  });

  it('pass over facts that are too old, and those outside the strategy’s dates', () => {
    const anHourAgo = new Date(NOW.getTime() - 3_600_000);
    expect(compiled({ maxAgeSeconds: 3_600 }).screen(fact({ occurredAt: anHourAgo }))).toBe('fires');
    expect(compiled({ maxAgeSeconds: 3_599 }).screen(fact({ occurredAt: anHourAgo }))).toBe('silent');
    expect(compiled({}, { endsAt: NOW }).screen(fact())).toBe('silent');
    expect(compiled({}, { startsAt: NOW, endsAt: new Date(NOW.getTime() + 1) }).screen(fact())).toBe('fires');
  });

  it('ask for past events only when everything else leaves them open', () => {
    const rule = compiled({ condition: { all: [isLarge, isRich, { not: loginsIn(7) }] } });
    expect(rule.judge(fact(), { attributes: {} })).toBe('silent');
    expect(rule.judge(fact(), { attributes: { balance: 1 } })).toBe('ask');
    expect(rule.judge(fact(), { attributes: { balance: 1 } }, [false])).toBe('fires');
    expect(rule.judge(fact(), { attributes: { balance: 1 } }, [true])).toBe('silent');
    expect(rule.counted).toEqual([loginsIn(7).events]);
  });

  it('never contradict the whole rule', () => {
    const leaf = fc.constantFrom<Rule>(
      isLarge,
      isRich,
      loginsIn(7),
      loginsIn(30),
      { tag: 'vip' },
      { field: 'event.kind', op: 'eq', value: 'out' },
    );
    const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
      rule: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('rule'), { maxLength: 3 }).map((all): Rule => ({ all })),
        fc.array(tie('rule'), { maxLength: 3 }).map((any): Rule => ({ any })),
        tie('rule').map((not): Rule => ({ not })),
      ),
    }));
    const customers = fc.record({
      attributes: fc.record({ balance: fc.constantFrom(0, 1) }),
      tags: fc.constantFrom<Record<string, object>>({}, { vip: {} }),
    });
    const logins = fc.array(fc.constantFrom(3, 20, 40), { maxLength: 3 });
    const data = fc.record({ amount: fc.constantFrom(1, 10_000), kind: fc.constantFrom('in', 'out') });
    fc.assert(
      fc.property(rule, customers, data, logins, (condition, customer, given, daysAgo) => {
        const threshold = compiled({ condition });
        const events = daysAgo.map((days) => ({
          type: 'login',
          occurredAtMs: NOW.getTime() - days * 86_400_000,
          data: {},
        }));
        const at = fact({ data: given });
        const whole = compilePredicate(condition)({ ...customer, events }, NOW, given) ? 'fires' : 'silent';
        for (const verdict of [threshold.screen(at), threshold.judge(at, customer)]) {
          expect(['ask', whole]).toContain(verdict);
        }
        const holds = threshold.counted.map((counted) =>
          compilePredicate({ events: counted })({ attributes: {}, events }, NOW),
        );
        expect(threshold.judge(at, customer, holds)).toBe(whole);
      }),
    );
  });
});
