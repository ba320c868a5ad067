import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';
import { CHANNELS } from '../actions/actions.request';
import { MomentRuleBody } from './moment-rule.request';
import { EvaluationPlanBody, MapCellBody, QuotaUseBody, ScenarioBody } from './strategy-map.request';

const STRATEGY_STATES = ['draft', 'in_review', 'published', 'paused', 'retired'];

/** What is wanted for whom. */
export class StrategyBody {
  @field.text({ max: 100 })
  name!: string;

  @field.text({ max: ORG_PATH_LENGTH_MAX, example: 'hq' })
  orgPath!: string;

  @field.text({ optional: true, max: 64 })
  segmentId?: string;

  @field.texts({ optional: true, maxCount: 100, max: 64 })
  actionIds?: string[];

  @field.texts({
    optional: true,
    maxCount: 20,
    max: 32,
    description: `In order of preference: ${CHANNELS.join(', ')}.`,
  })
  channels?: string[];

  @field.parts(() => MomentRuleBody, { optional: true, maxCount: 50 })
  momentRules?: MomentRuleBody[];

  @field.whole({ optional: true, max: 5_000, description: 'Share kept without contact as control group 对照组.' })
  holdoutBasisPoints?: number;

  @field.whole({ optional: true, max: 5_000, description: 'Share of scarce capacity filled at random.' })
  explorationBasisPoints?: number;

  @field.time({ optional: true })
  startsAt?: Date;

  @field.time({ optional: true })
  endsAt?: Date;

  @field.whole({ optional: true, description: 'Times it may be chosen in all; 0 for no limit.' })
  quota?: number;

  @field.part(() => ScenarioBody, { optional: true })
  scenario?: ScenarioBody;

  @field.text({ optional: true, max: 64, description: 'Product it is to bring, e.g. term-deposit-12m.' })
  productId?: string;

  @field.parts(() => MapCellBody, { optional: true, maxCount: 400 })
  cells?: MapCellBody[];

  @field.parts(() => QuotaUseBody, { optional: true, maxCount: 20 })
  quotaUses?: QuotaUseBody[];

  @field.part(() => EvaluationPlanBody, { optional: true })
  evaluationPlan?: EvaluationPlanBody;
}

export class CreateStrategyBody extends StrategyBody {
  @field.text({ optional: true, max: 64, description: 'The platform gives one when left out.' })
  strategyId?: string;
}

export class UpdateStrategyBody extends StrategyBody {
  @field.whole({ min: 1, description: 'The version that was read; VERSION_CONFLICT when it is not the newest.' })
  version!: number;
}

export class ApproveBody {
  @field.text({
    max: 64,
    description: 'Of the strategy that was read; VERSION_CONFLICT when it was submitted anew since.',
  })
  contentHash!: string;

  @field.text({ optional: true, max: 1_000 })
  comment?: string;
}

/** The maker is told why. */
export class RejectBody {
  @field.text({ max: 1_000 })
  comment!: string;
}

export class MoveBody {
  @field.oneOf(['pause', 'resume', 'retire'])
  move!: string;
}

export class StrategiesQuery extends PageQuery {
  @queryField.oneOf(STRATEGY_STATES)
  state?: string;
}
