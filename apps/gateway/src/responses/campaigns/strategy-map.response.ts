import type * as rpc from '@tidegate/contracts/campaigns/v1/campaigns';
import { shown } from '../../http/shown';

/** Scenario 策略场景. */
export class Scenario implements rpc.Scenario {
  @shown.text('lifecycle, product, event.') kind!: string;
  @shown.text('The stage, the need or the moment.') name!: string;
}

/** One cell of a strategy map 策略图谱. */
export class MapCell implements rpc.MapCell {
  @shown.text() actionId!: string;
  @shown.text() channel!: string;
  @shown.text('Empty for the treatment’s own.') scriptId!: string;
  @shown.whole('0 for the newest at publishing.') scriptVersion!: number;
  @shown.text('Empty for the treatment’s own.') benefitStockId!: string;
}

export class QuotaUse implements rpc.QuotaUse {
  @shown.text() quotaId!: string;
  @shown.texts('Empty for all actions.') actionIds!: string[];
  @shown.texts('Empty for all channels.') channels!: string[];
  @shown.whole('Units of the quota for one choice.') amount!: number;
}

/** How the strategy will be judged 策略后评估. */
export class EvaluationPlan implements rpc.EvaluationPlan {
  @shown.text('Outcome that counts as success, e.g. converted.') successOutcome!: string;
  @shown.whole('Days after the contact in which it counts.') windowDays!: number;
  @shown.whole('Customers in each group before a verdict; 0 for no least number.') minGroupSize!: number;
  @shown.whole('Lift the maker expects, basis points of the success rate.') expectedLiftBasisPoints!: number;
  @shown.time('When the review is due.') reviewAt!: Date | undefined;
}
