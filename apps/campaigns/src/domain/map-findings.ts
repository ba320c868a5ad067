import { isChannel } from './channel';
import type { Findings } from './finding';
import { isUsableBy } from './org-path';
import type { StrategyContent } from './strategy';
import type { EvaluationPlan, QuotaUse } from './strategy-map';
import { actionsOf, offeredActions, type QuotaFacts, type StockFacts, type StrategyParts } from './strategy-parts';

/** Outcomes that arbitration records and a plan may count. */
const OUTCOMES: readonly string[] = ['delivered', 'shown', 'clicked', 'accepted', 'converted'];
const WINDOW_DAYS_MAX = 365;

/** What is wrong with the strategy's map 策略图谱: cells, benefits, quotas and the plan of its evaluation. */
export function findMapFaults(
  content: StrategyContent,
  orgPath: string,
  parts: StrategyParts,
  findings: Findings,
): void {
  checkCells(content, orgPath, parts, findings);
  findBenefitFaults(content, orgPath, parts, findings);
  findQuotaFaults(content, orgPath, parts, findings);
  if (content.evaluationPlan !== null) checkPlan(content.evaluationPlan, content, findings);
}

function checkCells(content: StrategyContent, orgPath: string, parts: StrategyParts, findings: Findings): void {
  const { cells } = content;
  const actions = new Map(actionsOf(content, parts).map((action) => [action.actionId, action]));
  const boundVersions = new Map<string, number>();
  for (const [i, cell] of cells.entries()) {
    const at = `strategy.cells.${i}`;
    const { actionId, channel, scriptId, scriptVersion } = cell;
    const isTwice = cells.findIndex((other) => other.actionId === actionId && other.channel === channel) !== i;
    findings.when(isTwice, at, 'CELL_TWICE', `There are two cells for ${actionId} on ${channel}.`);
    const action = actions.get(actionId);
    if (action === undefined) findings.add(at, 'CELL_ACTION_UNKNOWN', `Action ${actionId} is none of the strategy's.`);
    else {
      const hasTreatment = action.treatments.some((treatment) => treatment.channel === channel);
      const text = `Action ${actionId} has no treatment for ${channel}.`;
      findings.when(!hasTreatment, at, 'CELL_WITHOUT_TREATMENT', text);
    }
    if (scriptId === '') {
      findings.when(scriptVersion > 0, at, 'CELL_VERSION_WITHOUT_SCRIPT', 'A version is of a script: say which.');
      continue;
    }
    const head = parts.scripts.get(scriptId);
    if (head === undefined) findings.add(at, 'SCRIPT_UNKNOWN', `There is no script ${scriptId}.`);
    else {
      const isForeign = !isUsableBy(head.orgPath, orgPath);
      findings.when(isForeign, at, 'SCRIPT_OUT_OF_SCOPE', `Script ${scriptId} belongs to another organisation.`);
      const isGone = scriptVersion > head.version;
      findings.when(isGone, at, 'SCRIPT_VERSION_UNKNOWN', `Script ${scriptId} has no version ${scriptVersion}.`);
    }
    const bound = boundVersions.get(scriptId);
    const isTorn = bound !== undefined && bound !== scriptVersion;
    findings.when(isTorn, at, 'SCRIPT_VERSIONS_DIFFER', `Script ${scriptId} is bound to two versions.`);
    boundVersions.set(scriptId, bound ?? scriptVersion);
  }
}

/** Stocks that are gone, another organisation's, used up, or end before the strategy does. */
export function findBenefitFaults(
  content: StrategyContent,
  orgPath: string,
  parts: Pick<StrategyParts, 'actions' | 'stocks'>,
  findings: Findings,
): void {
  for (const [i, action] of offeredActions(content, parts).entries()) {
    for (const [k, { benefitStockId }] of action.treatments.entries()) {
      if (benefitStockId === '') continue;
      const at = `strategy.actionIds.${i}.treatments.${k}`;
      const stock = parts.stocks.get(benefitStockId);
      if (stock === undefined) findings.add(at, 'BENEFIT_UNKNOWN', `There is no benefit stock ${benefitStockId}.`);
      else if (isUsableBy(stock.orgPath, orgPath)) checkStock(stock, benefitStockId, at, content, findings);
      else findings.add(at, 'BENEFIT_OUT_OF_SCOPE', `Benefit stock ${benefitStockId} belongs to another organisation.`);
    }
  }
}

/** Quotas that are gone, another organisation's, used up, or that one choice is too much for. */
export function findQuotaFaults(
  content: StrategyContent,
  orgPath: string,
  parts: Pick<StrategyParts, 'quotas'>,
  findings: Findings,
): void {
  for (const [i, use] of content.quotaUses.entries()) {
    checkQuotaUse(use, `strategy.quotaUses.${i}`, { content, orgPath, parts }, findings);
  }
}

function checkStock(
  stock: StockFacts,
  stockId: string,
  at: string,
  { endsAt }: StrategyContent,
  findings: Findings,
): void {
  const { isOpen, claimEndsAt, leftCount } = stock;
  findings.when(!isOpen, at, 'BENEFIT_CLOSED', `Benefit stock ${stockId} is closed.`);
  findings.when(leftCount <= 0, at, 'BENEFIT_SOLD_OUT', `Nothing is left of benefit stock ${stockId}.`);
  if (claimEndsAt === null) return;
  const isEarly = endsAt === null || claimEndsAt < endsAt;
  const until = claimEndsAt.toISOString();
  const text = `Benefit stock ${stockId} ends at ${until}, before the strategy${endsAt ? '' : ', which has no end'}.`;
  findings.when(isEarly, at, 'BENEFIT_ENDS_BEFORE_STRATEGY', text);
}

function checkQuotaUse(
  { quotaId, actionIds, channels, amount }: QuotaUse,
  at: string,
  { content, orgPath, parts }: { content: StrategyContent; orgPath: string; parts: Pick<StrategyParts, 'quotas'> },
  findings: Findings,
): void {
  findings.when(amount < 1, `${at}.amount`, 'QUOTA_AMOUNT_OUT_OF_RANGE', 'A choice takes 1 or more of a quota.');
  for (const actionId of actionIds) {
    const isForeign = !content.actionIds.includes(actionId);
    findings.when(
      isForeign,
      `${at}.actionIds`,
      'QUOTA_ACTION_UNKNOWN',
      `${actionId} is none of the strategy's actions.`,
    );
  }
  for (const channel of channels) {
    findings.when(!isChannel(channel), `${at}.channels`, 'CHANNEL_UNKNOWN', `There is no channel ${channel}.`);
  }
  const quota = parts.quotas.get(quotaId);
  if (quota === undefined) findings.add(`${at}.quotaId`, 'QUOTA_UNKNOWN', `There is no quota ${quotaId}.`);
  else if (isUsableBy(quota.orgPath, orgPath)) checkQuota(quota, quotaId, amount, `${at}.quotaId`, findings);
  else findings.add(`${at}.quotaId`, 'QUOTA_OUT_OF_SCOPE', `Quota ${quotaId} belongs to another organisation.`);
}

function checkQuota(quota: QuotaFacts, quotaId: string, amount: number, at: string, findings: Findings): void {
  const isNever = amount > quota.limitAmount;
  const isGone = !isNever && quota.period === 'total' && quota.freeAmount < amount;
  findings.when(isNever, at, 'QUOTA_TOO_SMALL', `Quota ${quotaId} is smaller than one choice of it.`);
  findings.when(isGone, at, 'QUOTA_EXHAUSTED', `Nothing is left of quota ${quotaId}.`);
}

function checkPlan(plan: EvaluationPlan, { startsAt }: StrategyContent, findings: Findings): void {
  const at = 'strategy.evaluationPlan';
  const { successOutcome, windowDays, minGroupSize, expectedLiftBasisPoints, reviewAt } = plan;
  const isUnknown = !OUTCOMES.includes(successOutcome);
  const known = OUTCOMES.join(', ');
  findings.when(isUnknown, `${at}.successOutcome`, 'EVALUATION_OUTCOME_UNKNOWN', `It must be one of ${known}.`);
  const isOut = windowDays < 1 || windowDays > WINDOW_DAYS_MAX;
  const range = `It must be 1 to ${WINDOW_DAYS_MAX} days.`;
  findings.when(isOut, `${at}.windowDays`, 'EVALUATION_WINDOW_OUT_OF_RANGE', range);
  const isNegative = minGroupSize < 0 || expectedLiftBasisPoints < 0;
  findings.when(isNegative, at, 'EVALUATION_SIZE_NEGATIVE', 'Group size and expected lift are 0 or more.');
  const isEarly = reviewAt !== null && startsAt !== null && reviewAt <= startsAt;
  findings.when(isEarly, `${at}.reviewAt`, 'EVALUATION_REVIEW_TOO_EARLY', 'The review is due after the start.');
}
