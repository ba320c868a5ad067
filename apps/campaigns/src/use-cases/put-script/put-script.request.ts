import { Type } from 'class-transformer';
import { ArrayMaxSize, IsDefined, Length, Matches, ValidateNested } from 'class-validator';
import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { ID_LENGTH_MAX, OPTIONAL_ID, OPTIONAL_ORG_PATH, REQUEST_ID_LENGTH_MAX } from '../../requests/patterns';

const TEXT_LENGTH_MAX = 5_000;

export class ObjectionInput {
  @Length(1, 500)
  objection!: string;

  @Length(1, TEXT_LENGTH_MAX)
  answer!: string;
}

export class ScriptInput {
  /** Empty: the platform gives one. */
  @Matches(OPTIONAL_ID)
  @Length(0, ID_LENGTH_MAX)
  scriptId!: string;

  @Length(1, 200)
  title!: string;

  @Length(1, TEXT_LENGTH_MAX)
  opening!: string;

  @ArrayMaxSize(50)
  @Length(1, TEXT_LENGTH_MAX, { each: true })
  talkingPoints!: string[];

  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => ObjectionInput)
  objections!: ObjectionInput[];

  @Length(0, TEXT_LENGTH_MAX)
  nextStep!: string;

  @Matches(OPTIONAL_ORG_PATH)
  @Length(0, ORG_PATH_LENGTH_MAX)
  orgPath!: string;
}

export class PutScriptInput {
  @Length(1, REQUEST_ID_LENGTH_MAX)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ScriptInput)
  script!: ScriptInput;
}
