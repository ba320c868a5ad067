import type * as rpc from '@tidegate/contracts/arbitration/v1/arbitration';
import { shown } from '../../http/shown';

/** P × C × V × L and its product. */
export class Priority implements rpc.Priority {
  @shown.decimal() propensity!: number;
  @shown.decimal() contextWeight!: number;
  @shown.decimal() value!: number;
  @shown.decimal() lever!: number;
  @shown.decimal() score!: number;
}

/** One candidate's way through the funnel. */
export class CandidateResult implements rpc.CandidateResult {
  @shown.text() strategyId!: string;
  @shown.whole() strategyVersion!: number;
  @shown.text() actionId!: string;
  @shown.text() channel!: string;
  @shown.flag() isChosen!: boolean;
  @shown.text(
    'CHOSEN, or the rule that stopped it, in the order of the funnel: STRATEGY_NOT_ACTIVE, PAST_FACTS_UNKNOWN, NOT_IN_AUDIENCE, NOT_ELIGIBLE, NOT_APPLICABLE, NOT_SUITABLE, CONSENT_MISSING, COMPLAINT_HOLD, STAFFED_ONLY, ELDER_PROTECTED, HOLDOUT_GLOBAL, HOLDOUT_STRATEGY, SUPPRESSED, QUIET_HOURS, BENEFIT_EXHAUSTED, CONTACT_LIMIT_OVERALL, CONTACT_LIMIT_CHANNEL, CONTACT_LIMIT_GROUP, HUMAN_CHANNEL_BUSY, CAPACITY_EXHAUSTED, QUOTA_EXHAUSTED, PUSH_LIMIT_EXHAUSTED, BUDGET_EXHAUSTED, OUTRANKED. In a push also ORG_OUT_OF_SCOPE: the customer is of another part of the organisation than the push; and PUSH_CANCELLED: it had not gone out when the push was cancelled.',
  )
  reason!: string;
  @shown.part(() => Priority) priority!: Priority | undefined;
  @shown.decimal('Propensity of the shadow model, when there is one; it never ranks.') shadowPropensity!: number;
  @shown.flag() isExploration!: boolean;
}

/** Which model of a slot ranked in a decision. */
export class ModelUse implements rpc.ModelUse {
  @shown.text() slot!: string;
  @shown.text('Of the person, by stable hash: champion, challenger, no_model (base rates rank).') group!: string;
  @shown.text('adaptive, or a trained model’s id; empty when base rates ranked.') modelId!: string;
  @shown.flag('The group’s model could not say, and this one ranked in its place.') isFallback!: boolean;
  @shown.whole() slotVersion!: number;
  @shown.text('Scored and not used; empty for none.') shadowModelId!: string;
  @shown.whole('Shares of the groups then, in hundredths of a percent.') challengerBasisPoints!: number;
  @shown.whole() noModelBasisPoints!: number;
}

/** Which version of the rules of an issue or group. */
export class EngagementVersion implements rpc.EngagementVersion {
  @shown.text('issue, group.') scope!: string;
  @shown.text() key!: string;
  @shown.whole() version!: number;
}

/** A stored decision. */
export class Decision implements rpc.Decision {
  @shown.text() decisionId!: string;
  @shown.text() customerId!: string;
  @shown.text('pull, push, moment.') mode!: string;
  @shown.text('Empty when nothing was chosen.') strategyId!: string;
  @shown.whole() strategyVersion!: number;
  @shown.text() actionId!: string;
  @shown.text() channel!: string;
  @shown.text() title!: string;
  @shown.text() body!: string;
  @shown.text() queue!: string;
  @shown.text() scriptId!: string;
  @shown.whole() scriptVersion!: number;
  @shown.text() benefitStockId!: string;
  @shown.text('CHOSEN, or the reason of the candidate that came furthest when nothing was chosen.') reason!: string;
  @shown.text('treated, control, none.') group!: string;
  @shown.parts(
    () => CandidateResult,
    'Every candidate with its reason; of a push with more than 24 candidates those beyond 24, the chosen one and those worth most, carry their reason alone.',
  )
  candidates!: CandidateResult[];
  @shown.part(() => Priority) priority!: Priority | undefined;
  @shown.text() pushId!: string;
  @shown.text() listId!: string;
  @shown.text() momentId!: string;
  @shown.whole('Rank within its push, from 1.') rank!: number;
  @shown.flag() isExploration!: boolean;
  @shown.texts('Outcomes recorded so far, in order.') outcomes!: string[];
  @shown.time() decidedAt!: Date | undefined;
  @shown.time() factAcceptedAt!: Date | undefined;
  @shown.text() capacitySlot!: string;
  @shown.flag('The ranking looked at nothing personal.') isNonPersonalised!: boolean;
  @shown.time('Chosen in quiet hours that queue: it goes out then.') queuedUntil!: Date | undefined;
  @shown.whole() policyVersion!: number;
  @shown.whole() factsVersion!: number;
  @shown.text('Of the model slot that gave the propensity.') modelSlot!: string;
  @shown.json(
    'What the rules read of the customer: stage, orgPath, birthDate, rfm, hasComplaintHold, consents by purpose and channel, attributes, tags, counted past facts, event; in answers about one decision only.',
  )
  inputs!: Record<string, unknown> | undefined;
  @shown.texts('The decision in words; when a language was asked for.') explanation!: string[];
  @shown.time('The record is deleted after this; one that a person still works then, once that has ended.') keptUntil!:
    Date | undefined;
  @shown.time('When its slot of people’s time begins, or quiet hours end in it; absent for at once.') promisedAt!:
    Date | undefined;
  @shown.text('Who looks after the customer; empty for nobody.') ownerId!: string;
  @shown.parts(() => ModelUse, 'Which model ranked in each slot; empty when nothing personal ranked.')
  modelUses!: ModelUse[];
  @shown.text('The team that looks after the customer; empty for none.') teamId!: string;
  @shown.text('The team whose unit of people’s time it holds; empty for none.') capacityTeamId!: string;
  @shown.text(
    'Why its contact was stopped 撤回 after it was decided: CONSENT_MISSING, COMPLAINT_HOLD; empty when it was not.',
  )
  retractedReason!: string;
  @shown.time() retractedAt!: Date | undefined;
  @shown.parts(() => EngagementVersion, 'Versions of the rules of issues and groups above the candidates’ actions.')
  engagementVersions!: EngagementVersion[];
}

export class DecideResponse implements rpc.DecideResponse {
  @shown.parts(
    () => Decision,
    'One per chosen action, best first; a single one with group none or control when nothing was chosen.',
  )
  decisions!: Decision[];
}

export class RecordOutcomeResponse implements rpc.RecordOutcomeResponse {
  @shown.part(() => Decision) decision!: Decision | undefined;
}

export class GetDecisionResponse implements rpc.GetDecisionResponse {
  @shown.part(() => Decision) decision!: Decision | undefined;
}

export class ListDecisionsResponse implements rpc.ListDecisionsResponse {
  @shown.parts(() => Decision) decisions!: Decision[];
  @shown.text() nextPageToken!: string;
}
