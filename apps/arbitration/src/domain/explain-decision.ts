import type { CandidateRecord, DecisionRecord } from './decision';
import { REASON_WORDS, UNKNOWN_WORDS, type Language } from './explain-words';
import type { ModelGroup } from './models/model-group';
import type { ModelUse } from './models/slot-score';
import type { Priority } from './priority';
import { CUSTOMER_UNKNOWN, REASONS, type Reason } from './reason';

/** Candidates named one by one; the others are counted by reason. */
const NAMED_MAX = 20;

/**
 * A decision in words, line by line: what came of it, why the chosen one won, what stopped the others, and what it stands on. Names actions
 * and strategies by their ids, and nothing of the customer.
 */
export function explainDecision(record: DecisionRecord, language: Language): string[] {
  const say = language === 'zh' ? chinese : english;
  return [
    say.result(record, reasonWords(record.reason, language)),
    ...(record.priority === null ? [] : [say.priority(record.priority, record.modelSlot)]),
    ...(record.modelUses ?? []).filter(({ slot }) => slot === record.modelSlot).map(say.model),
    ...(record.isNonPersonalised ? [say.nonPersonalised] : []),
    ...(record.isExploration ? [say.exploration] : []),
    ...(record.queuedUntil == null ? [] : [say.queued(record.queuedUntil.toISOString())]),
    ...(record.retractedReason === undefined
      ? []
      : [say.retracted(record, reasonWords(record.retractedReason, language))]),
    ...others(record, language),
    say.versions(record),
  ];
}

const reasonWords = (reason: string, language: Language): string =>
  reason === CUSTOMER_UNKNOWN ? UNKNOWN_WORDS[language] : (REASON_WORDS[reason as Reason]?.[language] ?? reason);

/** The candidates that were not this decision, those that came furthest first. */
function others({ candidates }: DecisionRecord, language: Language): string[] {
  const say = language === 'zh' ? chinese : english;
  const left = candidates
    .filter(({ isChosen }) => !isChosen)
    .sort((a, b) => stepOf(b) - stepOf(a) || (b.priority?.score ?? 0) - (a.priority?.score ?? 0));
  const named = left.slice(0, NAMED_MAX).map((one) => say.candidate(one, reasonWords(one.reason, language)));
  const counts = new Map<string, number>();
  for (const { reason } of left.slice(NAMED_MAX)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...named, ...[...counts].map(([reason, count]) => say.more(count, reasonWords(reason, language)))];
}

/** How far a candidate came; one chosen by another decision of the same call came furthest. */
const stepOf = ({ reason }: CandidateRecord): number =>
  reason === 'CHOSEN' ? REASONS.length : REASONS.indexOf(reason as Reason);

interface Sayings {
  result: (record: DecisionRecord, why: string) => string;
  priority: (priority: Priority, modelSlot: string) => string;
  model: (use: ModelUse) => string;
  nonPersonalised: string;
  exploration: string;
  queued: (until: string) => string;
  retracted: (record: DecisionRecord, why: string) => string;
  candidate: (candidate: CandidateRecord, why: string) => string;
  more: (count: number, why: string) => string;
  versions: (record: DecisionRecord) => string;
}

const GROUP_WORDS: Record<ModelGroup, Record<Language, string>> = {
  champion: { en: 'champion', zh: '冠军组' },
  challenger: { en: 'challenger', zh: '挑战者组' },
  no_model: { en: 'no-model', zh: '非模型组' },
};

const figure = (value: number): string => String(Number(value.toPrecision(4)));

const levels = (
  { engagementVersions = [] }: DecisionRecord,
  say: (scope: string, key: string, version: number) => string,
): string => engagementVersions.map(({ scope, key, version }) => say(scope, key, version)).join('');

const english: Sayings = {
  result: (record, why) =>
    record.reason === 'CHOSEN'
      ? `Action ${record.actionId} of strategy ${record.strategyId} was chosen on ${record.channel}.`
      : `Nothing was chosen: the candidate that came furthest was left because ${why}.`,
  priority: ({ propensity, contextWeight, value, lever, score }, modelSlot) =>
    `Its priority ${figure(score)} = propensity ${figure(propensity)} (${modelSlot === '' ? 'no model' : `model slot ${modelSlot}`}) × ` +
    `context weight ${figure(contextWeight)} × value ${figure(value)} × lever ${figure(lever)}.`,
  model: ({ group, modelId, isFallback, slotVersion }) =>
    `The person is in the ${GROUP_WORDS[group].en} group; ${modelId === '' ? 'base rates' : `model ${modelId}`} ranked` +
    `${isFallback ? " in place of the group's own model, which could not say" : ''} (model slot version ${slotVersion}).`,
  nonPersonalised: 'The ranking used nothing personal.',
  exploration: 'It was drawn for the exploration share, not for its rank.',
  retracted: ({ retractedAt }, why) =>
    `It was retracted at ${retractedAt?.toISOString() ?? ''}: ${why}. What had not reached the customer by then was stopped.`,
  queued: (until) => `It waits for the end of quiet hours, until ${until}.`,
  candidate: ({ actionId, channel, reason, priority }, why) =>
    reason === 'CHOSEN'
      ? `Action ${actionId} on ${channel} was chosen beside it.`
      : `Action ${actionId} on ${channel} was left: ${why}${priority === null ? '' : ` (priority ${figure(priority.score)})`}.`,
  more: (count, why) => `${count} more were left: ${why}.`,
  versions: (record) =>
    `Decided by contact policy version ${record.policyVersion} on the customer's facts of version ${record.factsVersion}` +
    `${record.strategyVersion === 0 ? '' : `, strategy version ${record.strategyVersion}`}` +
    `${levels(record, (scope, key, version) => `, rules of the ${scope} ${key} of version ${version}`)}.`,
};

const chinese: Sayings = {
  result: (record, why) =>
    record.reason === 'CHOSEN'
      ? `策略 ${record.strategyId} 的举措 ${record.actionId} 在渠道 ${record.channel} 被选中。`
      : `没有选中任何举措：走得最远的候选因“${why}”被排除。`,
  priority: ({ propensity, contextWeight, value, lever, score }, modelSlot) =>
    `优先级 ${figure(score)} = 倾向性 ${figure(propensity)}（${modelSlot === '' ? '无模型' : `模型槽 ${modelSlot}`}）× ` +
    `情境权重 ${figure(contextWeight)} × 价值 ${figure(value)} × 业务杠杆 ${figure(lever)}。`,
  model: ({ group, modelId, isFallback, slotVersion }) =>
    `客户属于${GROUP_WORDS[group].zh}，由${modelId === '' ? '基础响应率' : `模型 ${modelId}`} 排序` +
    `${isFallback ? '（本组模型无法给分，降级替代）' : ''}（模型槽第 ${slotVersion} 版）。`,
  nonPersonalised: '排序未使用任何个人特征。',
  exploration: '本次属于探索份额，随机抽取，并非按排名选中。',
  retracted: ({ retractedAt }, why) =>
    `已于 ${retractedAt?.toISOString() ?? ''} 撤回：${why}。此时尚未触达客户的内容已停止发出。`,
  queued: (until) => `处于免打扰时段，将在 ${until} 后发出。`,
  candidate: ({ actionId, channel, reason, priority }, why) =>
    reason === 'CHOSEN'
      ? `举措 ${actionId}（渠道 ${channel}）同时被选中。`
      : `举措 ${actionId}（渠道 ${channel}）未选中：${why}${priority === null ? '' : `（优先级 ${figure(priority.score)}）`}。`,
  more: (count, why) => `另有 ${count} 个候选未选中：${why}。`,
  versions: (record) =>
    `依据触达频控第 ${record.policyVersion} 版、客户信息第 ${record.factsVersion} 版` +
    `${record.strategyVersion === 0 ? '' : `、策略第 ${record.strategyVersion} 版`}` +
    `${levels(record, (scope, key, version) => `、${scope === 'issue' ? '业务' : '产品组'} ${key} 的经营准入第 ${version} 版`)}作出。`,
};
