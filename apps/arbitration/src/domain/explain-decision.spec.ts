import { aDecision, NOW } from '../testing/decision.factory';
import type { CandidateRecord } from './decision';
import { explainDecision } from './explain-decision';
import { LANGUAGES, REASON_WORDS } from './explain-words';
import { REASONS } from './reason';

const priority = { propensity: 0.25, contextWeight: 2, value: 300, lever: 1.5, score: 225 };
const aCandidate = (overrides: Partial<CandidateRecord>): CandidateRecord => ({
  strategyId: 's-1',
  strategyVersion: 3,
  actionId: 'a-1',
  channel: 'app',
  isChosen: false,
  reason: 'OUTRANKED',
  priority: null,
  shadowPropensity: 0,
  isExploration: false,
  ...overrides,
});

describe('a decision in words', () => {
  it('knows words for every reason in every language', () => {
    for (const reason of REASONS) for (const language of LANGUAGES) expect(REASON_WORDS[reason][language]).not.toBe('');
  });

  it('tells that it was retracted, when and why', () => {
    const record = aDecision({ retractedReason: 'CONSENT_MISSING', retractedAt: NOW });
    const at = NOW.toISOString();
    expect(explainDecision(record, 'en')).toContain(
      `It was retracted at ${at}: the customer has not agreed to this purpose on this channel. What had not reached the customer by then was stopped.`,
    );
    expect(explainDecision(record, 'zh')).toContain(
      `已于 ${at} 撤回：客户未授权该用途和渠道。此时尚未触达客户的内容已停止发出。`,
    );
    expect(explainDecision(aDecision(), 'en').join(' ')).not.toContain('retracted');
  });

  it('tells why it was chosen, with every factor, and what stopped the others', () => {
    const candidates = [
      aCandidate({ reason: 'NOT_ELIGIBLE', actionId: 'a-2' }),
      aCandidate({ isChosen: true, reason: 'CHOSEN', priority }),
      aCandidate({ actionId: 'a-3', priority: { ...priority, score: 100 } }),
    ];
    const record = aDecision({
      priority,
      candidates,
      modelSlot: 'response',
      isNonPersonalised: true,
      isExploration: true,
      queuedUntil: NOW,
      policyVersion: 7,
      factsVersion: 9,
      strategyVersion: 3,
    });
    expect(explainDecision(record, 'en')).toEqual([
      'Action a-1 of strategy s-1 was chosen on remote_bank.',
      'Its priority 225 = propensity 0.25 (model slot response) × context weight 2 × value 300 × lever 1.5.',
      'The ranking used nothing personal.',
      'It was drawn for the exploration share, not for its rank.',
      'It waits for the end of quiet hours, until 2026-03-02T02:00:00.000Z.',
      'Action a-3 on app was left: something else ranked higher (priority 100).',
      'Action a-2 on app was left: the customer is not eligible.',
      "Decided by contact policy version 7 on the customer's facts of version 9, strategy version 3.",
    ]);
    expect(explainDecision(record, 'zh')).toContain('举措 a-2（渠道 app）未选中：不符合资格规则。');
  });

  it('tells why nothing was chosen, and counts what would be too long to name', () => {
    const candidates = Array.from({ length: 25 }, (_, index) =>
      aCandidate({ actionId: `a-${index}`, reason: index === 0 ? 'QUIET_HOURS' : 'CONSENT_MISSING' }),
    );
    const lines = explainDecision(aDecision({ reason: 'QUIET_HOURS', candidates }), 'en');
    expect(lines[0]).toBe(
      'Nothing was chosen: the candidate that came furthest was left because the channel is in its quiet hours.',
    );
    expect(lines.at(-2)).toBe('5 more were left: the customer has not agreed to this purpose on this channel.');
    expect(explainDecision(aDecision({ reason: 'CUSTOMER_UNKNOWN' }), 'zh')[0]).toContain('平台没有该客户的决策信息');
  });
});
