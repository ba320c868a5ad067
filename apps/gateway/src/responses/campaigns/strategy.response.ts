import type * as rpc from '@tidegate/contracts/campaigns/v1/campaigns';
import { shown } from '../../http/shown';
import { EvaluationPlan, MapCell, QuotaUse, Scenario } from './strategy-map.response';

/** A moment of truth 关键时刻 rule. */
export class MomentRule implements rpc.MomentRule {
  @shown.text() ruleId!: string;
  @shown.text('threshold: on a fact; date_relative: on a date attribute.') kind!: string;
  @shown.text("threshold: the fact's type, e.g. transaction.") factType!: string;
  @shown.json('threshold: a rule over event.* and customer fields.') condition!: Record<string, unknown> | undefined;
  @shown.text('date_relative: e.g. attributes.maturityAt or birth_date.') dateField!: string;
  @shown.whole('date_relative: days before (negative) or after the date.') offsetDays!: number;
  @shown.flag('date_relative: yearly (birthday) or once.') isYearly!: boolean;
  @shown.texts("Which of the strategy's actions it makes candidates of.") actionIds!: string[];
  @shown.whole('A customer fires this rule at most once in so many days; 0 for no limit.') cooldownDays!: number;
  @shown.whole(
    'Facts that occurred longer ago than this (against accepted_at) only update the profile; 0 for no limit.',
  )
  maxAgeSeconds!: number;
}

/** What is wanted for whom: the strategy map 策略图谱 as one versioned object. */
export class Strategy implements rpc.Strategy {
  @shown.text() strategyId!: string;
  @shown.whole() version!: number;
  @shown.text() name!: string;
  @shown.text() orgPath!: string;
  @shown.text('draft, in_review, published, paused, retired.') state!: string;
  @shown.text() segmentId!: string;
  @shown.texts() actionIds!: string[];
  @shown.texts('Channels in order of preference; empty means those of the treatments.') channels!: string[];
  @shown.parts(() => MomentRule) momentRules!: MomentRule[];
  @shown.whole('Share kept without contact as control group 对照组, 0..5000 basis points.') holdoutBasisPoints!: number;
  @shown.whole('Share of scarce capacity filled at random, 0..5000 basis points.') explorationBasisPoints!: number;
  @shown.time() startsAt!: Date | undefined;
  @shown.time() endsAt!: Date | undefined;
  @shown.text() createdBy!: string;
  @shown.text() reviewedBy!: string;
  @shown.text() reviewComment!: string;
  @shown.time() publishedAt!: Date | undefined;
  @shown.time() updatedAt!: Date | undefined;
  @shown.whole('Times it may be chosen in all; 0 for no limit.') quota!: number;
  @shown.part(() => Scenario) scenario!: Scenario | undefined;
  @shown.text('Product it is to bring.') productId!: string;
  @shown.parts(() => MapCell) cells!: MapCell[];
  @shown.parts(() => QuotaUse) quotaUses!: QuotaUse[];
  @shown.part(() => EvaluationPlan) evaluationPlan!: EvaluationPlan | undefined;
  @shown.text('Template it was drafted from.') templateId!: string;
  @shown.whole('Version whose content a roll-back put in force again; 0 for none.') restoredVersion!: number;
  @shown.text('Of what was submitted last, with all it refers to; an approval names it. Empty before.')
  contentHash!: string;
}
