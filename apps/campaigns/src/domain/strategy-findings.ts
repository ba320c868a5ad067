import { isChannel, isHumanChannel, isSpokenChannel, mayNameQueue } from './channel';
import { findCopyFaults } from './copy-findings';
import { Findings, type Finding } from './finding';
import { isUsableBy } from './org-path';
import { rankedCurrencies } from './ranked-currencies';
import { findMapFaults } from './map-findings';
import { findMomentFaults } from './moment-findings';
import { findQueueFaults } from './queue-findings';
import { findForeignSegments } from './segment-findings';
import type { StrategyContent } from './strategy';
import { actionsOf, audienceOf, engagementRulesOf, inlined, offered, type StrategyParts } from './strategy-parts';
import type { Action, Treatment } from './action';

/** Half of the base: more would be no campaign any more. */
const SHARE_BASIS_POINTS_MAX = 5_000;

/** Everything that keeps the strategy from going to review, at once. */
export function findStrategyFaults(
  content: StrategyContent,
  orgPath: string,
  parts: StrategyParts,
  now: Date,
): Finding[] {
  const findings = new Findings();
  findings.when(content.name.trim() === '', 'strategy.name', 'NAME_MISSING', 'A strategy needs a name.');
  findDateFaults(content, now, findings);
  checkShare(content.holdoutBasisPoints, 'holdoutBasisPoints', 'HOLDOUT_OUT_OF_RANGE', findings);
  checkShare(content.explorationBasisPoints, 'explorationBasisPoints', 'EXPLORATION_OUT_OF_RANGE', findings);
  findings.when(content.quota < 0, 'strategy.quota', 'QUOTA_NEGATIVE', 'A quota is 0 (no limit) or more.');
  checkAudience(content, orgPath, parts, findings);
  checkActions(content, orgPath, parts, findings);
  checkChannels(content, parts, findings);
  findMomentFaults(content, orgPath, parts, findings);
  findMapFaults(content, orgPath, parts, findings);
  findCopyFaults(content, parts, findings);
  return findings.all;
}

/** Dates that cannot be. */
export function findDateFaults({ startsAt, endsAt }: StrategyContent, now: Date, findings: Findings): void {
  if (endsAt === null) return;
  const isBackwards = startsAt !== null && endsAt <= startsAt;
  findings.when(isBackwards, 'strategy.endsAt', 'DATES_BACKWARDS', 'The end must come after the start.');
  findings.when(endsAt <= now, 'strategy.endsAt', 'END_IN_PAST', 'The end has passed already.');
}

function checkShare(value: number, field: string, code: string, findings: Findings): void {
  const isOutOfRange = value < 0 || value > SHARE_BASIS_POINTS_MAX;
  findings.when(isOutOfRange, `strategy.${field}`, code, `It must be 0 to ${SHARE_BASIS_POINTS_MAX} basis points.`);
}

/** Everybody is an audience only where a moment picks the customer; otherwise it must be said by a segment. */
function checkAudience(content: StrategyContent, orgPath: string, parts: StrategyParts, findings: Findings): void {
  const audience = audienceOf(content);
  if (audience !== null) {
    findings.catching('strategy.segmentId', () => inlined(audience, parts));
    findForeignSegments(audience, 'strategy.segmentId', orgPath, parts, findings);
    const isEmpty = parts.audienceSize === 0 && content.momentRules.length === 0;
    findings.when(isEmpty, 'strategy.segmentId', 'SEGMENT_EMPTY', 'The segment selects nobody.');
    return;
  }
  const isMissing = content.momentRules.length === 0;
  findings.when(isMissing, 'strategy.segmentId', 'SEGMENT_MISSING', 'Say whom it is for: a segment, or a moment rule.');
}

function checkActions(content: StrategyContent, orgPath: string, parts: StrategyParts, findings: Findings): void {
  const { actionIds } = content;
  const currencies = rankedCurrencies(actionsOf(content, parts));
  const mixed = `Values are compared as they are: ${currencies.join(' and ')} cannot be.`;
  findings.when(currencies.length > 1, 'strategy.actionIds', 'CURRENCIES_MIXED', mixed);
  findings.when(actionIds.length === 0, 'strategy.actionIds', 'ACTION_MISSING', 'A strategy needs an action.');
  for (const [i, actionId] of actionIds.entries()) {
    const at = `strategy.actionIds.${i}`;
    findings.when(actionIds.indexOf(actionId) !== i, at, 'ACTION_TWICE', `Action ${actionId} is named twice.`);
    const action = parts.actions.get(actionId);
    if (action === undefined) findings.add(at, 'ACTION_UNKNOWN', `There is no action ${actionId}.`);
    else checkAction(offered(action, content.cells), at, orgPath, parts, findings);
  }
}

function checkAction(action: Action, at: string, orgPath: string, parts: StrategyParts, findings: Findings): void {
  const isForeign = !isUsableBy(action.orgPath, orgPath);
  findings.when(isForeign, at, 'ACTION_OUT_OF_SCOPE', `Action ${action.actionId} belongs to another organisation.`);
  const { treatments } = action;
  findings.when(treatments.length === 0, at, 'TREATMENT_MISSING', `Action ${action.actionId} has no treatment.`);
  treatments.forEach((treatment, i) => checkTreatment(treatment, `${at}.treatments.${i}`, orgPath, parts, findings));
  for (const rule of engagementRulesOf(action)) {
    if (rule === null) continue;
    // A rule that names what is not there does not inline.
    findings.catching(at, () => void inlined(rule, parts));
    findForeignSegments(rule, at, orgPath, parts, findings);
  }
}

function checkTreatment(
  treatment: Treatment,
  at: string,
  orgPath: string,
  parts: StrategyParts,
  findings: Findings,
): void {
  const { channel, scriptId, queue, title, body } = treatment;
  if (isSpokenChannel(channel)) {
    findings.when(scriptId === '', at, 'SCRIPT_MISSING', `Whoever speaks on ${channel} needs a script.`);
    const isQueueMissing = isHumanChannel(channel) && queue === '';
    findings.when(isQueueMissing, at, 'QUEUE_MISSING', `Work on ${channel} needs a queue.`);
  } else {
    findings.when(title === '' && body === '', at, 'TEXT_MISSING', `A message on ${channel} needs a title or a body.`);
  }
  const isIdleQueue = queue !== '' && !mayNameQueue(channel);
  findings.when(isIdleQueue, at, 'QUEUE_WITHOUT_PEOPLE', `Nobody works a queue on ${channel}.`);
  findQueueFaults(treatment, at, orgPath, parts, findings);
  if (scriptId === '') return;
  const script = parts.scripts.get(scriptId);
  if (script === undefined) findings.add(at, 'SCRIPT_UNKNOWN', `There is no script ${scriptId}.`);
  else {
    const isForeign = !isUsableBy(script.orgPath, orgPath);
    findings.when(isForeign, at, 'SCRIPT_OUT_OF_SCOPE', `Script ${scriptId} belongs to another organisation.`);
  }
}

function checkChannels(content: StrategyContent, parts: StrategyParts, findings: Findings): void {
  const treated = new Set(actionsOf(content, parts).flatMap((action) => action.treatments.map((t) => t.channel)));
  for (const [i, channel] of content.channels.entries()) {
    const at = `strategy.channels.${i}`;
    if (!isChannel(channel)) findings.add(at, 'CHANNEL_UNKNOWN', `There is no channel ${channel}.`);
    else
      findings.when(
        !treated.has(channel),
        at,
        'CHANNEL_WITHOUT_TREATMENT',
        `No action has a treatment for ${channel}.`,
      );
    findings.when(content.channels.indexOf(channel) !== i, at, 'CHANNEL_TWICE', `Channel ${channel} is named twice.`);
  }
  const hasReachable = content.channels.length === 0 || treated.size === 0;
  if (hasReachable) return;
  for (const action of actionsOf(content, parts)) {
    const isUnreachable = !action.treatments.some((treatment) => content.channels.includes(treatment.channel));
    const text = `No channel of the strategy has a treatment of action ${action.actionId}.`;
    findings.when(isUnreachable, 'strategy.channels', 'ACTION_UNREACHABLE', text);
  }
}
