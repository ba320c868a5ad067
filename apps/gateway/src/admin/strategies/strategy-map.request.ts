import { field } from '../../http/field';
import { CHANNELS } from '../actions/actions.request';

/** Scenario 策略场景: what makes this the time to speak. */
export class ScenarioBody {
  @field.oneOf(['lifecycle', 'product', 'event'])
  kind!: string;

  @field.text({ max: 64, description: 'The stage, the need or the moment, e.g. honeymoon.' })
  name!: string;
}

/** One cell of a strategy map 策略图谱: what is said and given for one action on one channel. */
export class MapCellBody {
  @field.text({ max: 64 })
  actionId!: string;

  @field.oneOf(CHANNELS)
  channel!: string;

  @field.text({ optional: true, max: 64, description: 'In place of the treatment’s own.' })
  scriptId?: string;

  @field.whole({ optional: true, description: 'The newest at publishing when left out.' })
  scriptVersion?: number;

  @field.text({ optional: true, max: 64, description: 'In place of the treatment’s own.' })
  benefitStockId?: string;
}

/** What every choice takes from a quota; exhausted means not offered. */
export class QuotaUseBody {
  @field.text({ max: 64 })
  quotaId!: string;

  @field.texts({ optional: true, maxCount: 100, max: 64, description: 'All actions when left out.' })
  actionIds?: string[];

  @field.texts({ optional: true, maxCount: 20, max: 32, description: 'All channels when left out.' })
  channels?: string[];

  @field.whole({ min: 1, description: 'Units of the quota for one choice; budget: minor units of its currency.' })
  amount!: number;
}

/** How the strategy will be judged 策略后评估. */
export class EvaluationPlanBody {
  @field.text({ max: 32, example: 'converted', description: 'Outcome that counts as success.' })
  successOutcome!: string;

  @field.whole({ min: 1, max: 365, description: 'Days after the contact in which it counts.' })
  windowDays!: number;

  @field.whole({ optional: true, description: 'Customers in each group before a verdict.' })
  minGroupSize?: number;

  @field.whole({ optional: true, description: 'Lift the maker expects, basis points of the success rate.' })
  expectedLiftBasisPoints?: number;

  @field.time({ optional: true, description: 'When the review is due.' })
  reviewAt?: Date;
}
