import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { field } from '../../http/field';
import { queryField } from '../../http/query-field';
import { VersionQuery } from '../../requests/version.query';

export class ObjectionBody {
  @field.text({ max: 500 })
  objection!: string;

  @field.text({ max: 5_000 })
  answer!: string;
}

export class ScriptBody {
  @field.text({ max: 200 })
  title!: string;

  @field.text({ max: 5_000, description: 'With {{variables}}.' })
  opening!: string;

  @field.texts({ optional: true, maxCount: 50, max: 5_000 })
  talkingPoints?: string[];

  @field.parts(() => ObjectionBody, { optional: true, maxCount: 50 })
  objections?: ObjectionBody[];

  @field.text({ optional: true, max: 5_000 })
  nextStep?: string;

  @field.text({ max: ORG_PATH_LENGTH_MAX, example: 'hq' })
  orgPath!: string;
}

export class RenderQuery extends VersionQuery {
  @queryField.text({ max: 100, description: 'Who speaks; the caller’s id when left out.' })
  agentName?: string;
}
