import type * as rpc from '@tidegate/contracts/review/v1/review';
import { shown } from '../../http/shown';

export class EvaluationVerdict implements rpc.EvaluationVerdict {
  @shown.text() successOutcome!: string;
  @shown.whole('Outcomes count within so many days of the draw.') windowDays!: number;
  @shown.whole('Customers in each group, their window over, before a verdict.') minGroupSize!: number;
  @shown.decimal('Difference of the rates that the maker expects.') expectedLift!: number;
  @shown.time() reviewAt!: Date | undefined;
  @shown.flag() isReviewDue!: boolean;
  @shown.text(
    'Of those whose window is over. too_few: a group is smaller than planned; unknown: the facts show no lift; reached, missed: all of the interval is at or above, or below, what is expected; open: it holds it.',
  )
  verdict!: string;
  @shown.text() explanation!: string;
  @shown.whole('Customers of both groups whose window is not over yet.') unripeCount!: number;
}

export class GetEffectResponse implements rpc.GetEffectResponse {
  @shown.whole() treatedCount!: number;
  @shown.whole() controlCount!: number;
  @shown.whole(
    'Outcomes known in each group. A control customer who was never contacted has no recorded outcome unless a fact says so.',
  )
  treatedSuccessCount!: number;
  @shown.whole() controlSuccessCount!: number;
  @shown.flag('Whether the facts can show a lift; when not, explanation says why and the numbers below are zero.')
  hasLift!: boolean;
  @shown.decimal('Difference of rates, treated minus control, with its 95 % interval (Newcombe 1998, method 10).')
  absoluteLift!: number;
  @shown.decimal() ciLow!: number;
  @shown.decimal() ciHigh!: number;
  @shown.decimal() relativeLift!: number;
  @shown.decimal('Chi-squared test of the observed group sizes against the planned split.') sampleRatioP!: number;
  @shown.decimal() plannedControlShare!: number;
  @shown.text() explanation!: string;
  @shown.part(
    () => EvaluationVerdict,
    'By the evaluation plan; unset without one, and when another outcome than its own is asked about.',
  )
  evaluation!: EvaluationVerdict | undefined;
}
