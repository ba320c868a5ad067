import type * as rpc from '@tidegate/contracts/review/v1/review';
import { shown } from '../../http/shown';

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
}
