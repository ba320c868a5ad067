import { aDecision, NOW } from '../testing/decision.factory';
import type { CandidateRecord } from './decision';
import { explainToCustomer } from './explain-to-customer';
import { LANGUAGES } from './explain-words';
import { REASONS } from './reason';

const other: CandidateRecord = {
  strategyId: 'secret-strategy',
  strategyVersion: 3,
  actionId: 'secret-action',
  channel: 'sms',
  isChosen: false,
  reason: 'OUTRANKED',
  priority: { propensity: 0.25, contextWeight: 2, value: 300, lever: 1.5, score: 225 },
  shadowPropensity: 0,
  isExploration: false,
};

describe('a decision told to its customer', () => {
  it('says why he sees it, which rules hold and how to switch it off', () => {
    const chosen = aDecision({ mode: 'moment', isNonPersonalised: true, isExploration: true, queuedUntil: NOW });
    const { why, rules, switchOff } = explainToCustomer(chosen, 'en');
    expect(why).toEqual([
      'You see this because something happened with your account, or a date of yours has come, at which this may be useful.',
      'Nothing personal was used to choose it among what we may offer you.',
      'It was drawn at random among what we may offer you.',
      'It waits until the time at which we do not disturb you is over.',
    ]);
    expect(rules.join(' ')).toContain('agreed to');
    expect(switchOff.join(' ')).toContain('refuse promotion');
    expect(explainToCustomer(aDecision({ modelSlot: 'response' }), 'zh').why[1]).toContain('模型');
  });

  it('says that it was stopped, and why', () => {
    const record = aDecision({ retractedReason: 'COMPLAINT_HOLD', retractedAt: NOW });
    expect(explainToCustomer(record, 'en').why.slice(-2)).toEqual([
      'We stopped it afterwards, as far as it had not reached you yet.',
      'A complaint of yours is open: nothing is promoted meanwhile.',
    ]);
    expect(explainToCustomer(record, 'zh').why.slice(-2)).toEqual([
      '此后我们停止了这条内容，尚未发给您的不再发出。',
      '您有一件投诉正在处理，期间不做推荐。',
    ]);
  });

  it('tells him of his own reasons, and of no others: of a control group no more than that nothing was offered', () => {
    const said = (reason: string): string[] => explainToCustomer(aDecision({ reason }), 'en').why;
    expect(said('CONSENT_MISSING')).toHaveLength(2);
    for (const reason of ['HOLDOUT_GLOBAL', 'HOLDOUT_STRATEGY', 'OUTRANKED', 'BUDGET_EXHAUSTED', 'CUSTOMER_UNKNOWN']) {
      expect(said(reason)).toEqual(['Nothing was offered to you.']);
    }
  });

  it('tells of the rules that were in force, and of the way out that there is', () => {
    const told = (record: Parameters<typeof aDecision>[0]) => explainToCustomer(aDecision(record), 'en');
    const promotion = { purpose: 'marketing', contactRules: ['limits' as const] };
    const before = told(promotion);
    expect(before.rules.join(' ')).toMatch(/No complaint of yours was open.* Limits /);
    expect(before.rules.join(' ')).not.toContain('Hours');
    expect(told({ ...promotion, contactRules: ['quiet_hours'] }).rules.join(' ')).toContain('Hours');
    expect(told({ ...promotion, reason: 'OUTRANKED' }).rules.join(' ')).not.toMatch(/was open|had agreed/);
    const service = told({ purpose: 'service', isNonPersonalised: true });
    expect(service.rules.join(' ')).not.toContain('complaint');
    expect(service.switchOff.join(' ')).toMatch(/message of service.* was switched off/);
    expect(service.switchOff.join(' ')).not.toMatch(/refuse promotion|refuse personal/);
  });

  it('names nothing of the bank’s own, whatever came of it', () => {
    for (const language of LANGUAGES) {
      for (const reason of REASONS) {
        const record = aDecision({
          reason,
          strategyId: 'secret-strategy',
          actionId: 'secret-action',
          modelSlot: 'secret-slot',
          priority: other.priority,
          candidates: [other],
        });
        const { why, rules, switchOff } = explainToCustomer(record, language);
        const text = [...why, ...rules, ...switchOff].join('\n');
        expect(text).not.toMatch(/secret|225|0\.25|[A-Z]{2,}_[A-Z]+|undefined/);
        expect(Math.min(why.length, rules.length, switchOff.length)).toBeGreaterThan(0);
      }
    }
  });
});
