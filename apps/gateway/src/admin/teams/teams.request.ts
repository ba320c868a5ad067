import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { field } from '../../http/field';

export class RelationBody {
  @field.text({ max: 64, example: 'employer' })
  attribute!: string;

  @field.text({ max: 200 })
  value!: string;
}

export class TeamPersonBody {
  @field.text({ max: 128, description: 'Subject of the person’s token.' })
  agentId!: string;

  @field.text({ optional: true, max: 100 })
  name?: string;

  @field.whole({ min: 1, max: 10_000, description: 'Untouched customers at once, over all lists.' })
  capacity!: number;

  @field.parts(() => RelationBody, {
    optional: true,
    maxCount: 200,
    description: 'Customers the person looks after by a relation, e.g. an employer’s.',
  })
  relations?: RelationBody[];
}

export class PutTeamBody {
  @field.text({ max: 100 })
  name!: string;

  @field.text({ optional: true, max: ORG_PATH_LENGTH_MAX, description: 'The caller’s organisation when left out.' })
  orgPath?: string;

  @field.parts(() => TeamPersonBody, { minCount: 1, maxCount: 500 })
  people!: TeamPersonBody[];

  @field.whole({ optional: true, description: 'The version that was read; 0 replaces whichever there is.' })
  version?: number;
}

export class JudgementBody {
  @field.text({ optional: true, max: 64, description: 'Product group or theme; everything else when left out.' })
  topic?: string;

  @field.whole({ max: 5, description: '0 (not at all) to 5.' })
  willingness!: number;

  @field.whole({ max: 5, description: '0 (not at all) to 5.' })
  ability!: number;

  @field.text({ optional: true, max: 500 })
  note?: string;
}
