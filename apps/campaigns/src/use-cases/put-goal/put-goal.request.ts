import { IsIsoCurrency } from '@tidegate/grpc';
import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { Type } from 'class-transformer';
import { IsDate, IsDefined, IsIn, IsInt, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { GOAL_KINDS, type GoalKind } from '../../domain/goal';
import { ID, ID_LENGTH_MAX, OPTIONAL_ORG_PATH, REQUEST_ID_LENGTH_MAX } from '../../requests/patterns';

const TARGET_MAX = 1e15;

export class GoalInput {
  @Matches(ID)
  @Length(1, ID_LENGTH_MAX)
  goalId!: string;

  @Length(1, 100)
  name!: string;

  @Matches(ID)
  @Length(1, ID_LENGTH_MAX)
  strategyId!: string;

  @Matches(OPTIONAL_ORG_PATH)
  @Length(0, ORG_PATH_LENGTH_MAX)
  orgPath!: string;

  @IsIn(GOAL_KINDS)
  kind!: GoalKind;

  @IsInt()
  @Min(1)
  @Max(TARGET_MAX)
  targetAmount!: number;

  /** Empty, or ISO 4217. */
  @IsIsoCurrency('')
  currency!: string;

  @IsDate()
  startsAt!: Date;

  @IsDate()
  endsAt!: Date;

  @Length(0, 32)
  successOutcome!: string;

  @Length(0, 128)
  factType!: string;

  @IsInt()
  @Min(0)
  version!: number;
}

export class PutGoalInput {
  @Length(1, REQUEST_ID_LENGTH_MAX)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => GoalInput)
  goal!: GoalInput;
}
