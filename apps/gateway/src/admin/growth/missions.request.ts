import { field } from '../../http/field';
import { DefinitionBody, RewardBody, zoneField } from '../../requests/definition.request';
import { ActivityFilterBody } from './growth-plans.request';

const TARGET_MAX = 1_000_000_000_00;

export class MissionStepBody {
  @field.text({ max: 100 })
  name!: string;

  @field.part(() => ActivityFilterBody)
  filter!: ActivityFilterBody;

  @field.oneOf(['count', 'amount'])
  measure!: string;

  @field.whole({ min: 1, max: TARGET_MAX, description: 'Activities, or minor units.' })
  target!: number;

  @field.parts(() => RewardBody, { optional: true, maxCount: 20, description: 'For this step.' })
  rewards?: RewardBody[];
}

export class MissionTermsBody {
  @zoneField()
  timeZone!: string;

  @field.oneOf(['once', 'day', 'week', 'month'], { description: 'How often it can be done.' })
  period!: string;

  @field.parts(() => MissionStepBody, { minCount: 1, maxCount: 20, description: 'One for a single mission.' })
  steps!: MissionStepBody[];

  @field.flag({ optional: true, description: 'Steps count one after another.' })
  isChained?: boolean;

  @field.parts(() => RewardBody, { optional: true, maxCount: 20, description: 'For the whole mission.' })
  rewards?: RewardBody[];

  @field.text({ optional: true, max: 64, description: 'A mission that must be done before.' })
  afterMissionId?: string;
}

/** A mission 任务. */
export class MissionBody {
  @field.part(() => DefinitionBody)
  definition!: DefinitionBody;

  @field.part(() => MissionTermsBody)
  terms!: MissionTermsBody;
}
