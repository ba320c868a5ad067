import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsDefined,
  IsInt,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { ID_LENGTH_MAX, OPTIONAL_ID, OPTIONAL_ORG_PATH, REQUEST_ID_LENGTH_MAX } from '../../../requests/patterns';

export class RelationInput {
  @Length(1, 64)
  attribute!: string;

  @Length(1, 200)
  value!: string;
}

export class TeamPersonInput {
  @Length(1, 128)
  agentId!: string;

  @Length(0, 100)
  name!: string;

  @IsInt()
  @Min(1)
  @Max(10_000)
  capacity!: number;

  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => RelationInput)
  relations!: RelationInput[];
}

export class TeamInput {
  /** Empty: the platform gives one. */
  @Matches(OPTIONAL_ID)
  @Length(0, ID_LENGTH_MAX)
  teamId!: string;

  @Length(1, 100)
  name!: string;

  @Matches(OPTIONAL_ORG_PATH)
  @Length(0, ORG_PATH_LENGTH_MAX)
  orgPath!: string;

  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => TeamPersonInput)
  people!: TeamPersonInput[];

  /** The version that was read; 0 replaces whichever there is. */
  @IsInt()
  @Min(0)
  version!: number;
}

export class PutTeamInput {
  @Length(1, REQUEST_ID_LENGTH_MAX)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => TeamInput)
  team!: TeamInput;
}
