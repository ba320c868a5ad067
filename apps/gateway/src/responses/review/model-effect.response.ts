import type * as rpc from '@tidegate/contracts/review/v1/review';
import { shown } from '../../http/shown';

export class ModelGroupResult implements rpc.ModelGroupResult {
  @shown.text('champion, challenger, no_model.') group!: string;
  @shown.whole() decisionCount!: number;
  @shown.whole() customerCount!: number;
  @shown.whole() successCount!: number;
  @shown.whole('Of the actions that succeeded.') valueMinor!: number;
  @shown.decimal() successRate!: number;
  @shown.decimal() valuePerDecisionMinor!: number;
  @shown.whole('Decisions in which something else stood in for the group’s own model.') fallbackCount!: number;
}

export class ModelLift implements rpc.ModelLift {
  @shown.text('champion or challenger.') group!: string;
  @shown.text('no_model, or champion for the challenger.') against!: string;
  @shown.flag('Whether both groups are large enough; explanation says which is not.') hasLift!: boolean;
  @shown.decimal('Successes for each decision, with a 95 % interval that counts customers as independent.')
  rateLift!: number;
  @shown.decimal() rateCiLow!: number;
  @shown.decimal() rateCiHigh!: number;
  @shown.decimal() valueLiftMinor!: number;
  @shown.decimal() valueCiLowMinor!: number;
  @shown.decimal() valueCiHighMinor!: number;
  @shown.text() explanation!: string;
}

export class GetModelEffectResponse implements rpc.GetModelEffectResponse {
  @shown.text() slot!: string;
  @shown.parts(() => ModelGroupResult) groups!: ModelGroupResult[];
  @shown.parts(() => ModelLift) lifts!: ModelLift[];
  @shown.decimal('Chi-squared test of the customers in each group against the planned shares.') sampleRatioP!: number;
}
