import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsDefined, IsInt, Length, Max, Min, ValidateNested } from 'class-validator';
import { NameListStepInput } from '../../name-list-step.request';

const QUOTA_MAX = 5_000_000;

export class TeamQuotaInput {
  @Length(1, 64)
  teamId!: string;

  @IsInt()
  @Min(0)
  @Max(QUOTA_MAX)
  quota!: number;
}

export class SplitPlanInput {
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @Length(1, 64, { each: true })
  teamIds!: string[];

  /** Empty for owner, then outlet. */
  @ArrayMaxSize(5)
  @Length(1, 64, { each: true })
  relations!: string[];

  @Length(0, 64)
  topic!: string;

  @IsInt()
  @Min(0)
  @Max(5)
  minWillingness!: number;

  @IsInt()
  @Min(0)
  @Max(5)
  minAbility!: number;

  @IsInt()
  @Min(0)
  @Max(QUOTA_MAX)
  personQuota!: number;

  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => TeamQuotaInput)
  teamQuotas!: TeamQuotaInput[];

  @IsInt()
  @Min(0)
  @Max(365)
  recallAfterDays!: number;

  /** 0 for 3. */
  @IsInt()
  @Min(0)
  @Max(10)
  maxRounds!: number;
}

export class SplitNameListInput extends NameListStepInput {
  @IsDefined()
  @ValidateNested()
  @Type(() => SplitPlanInput)
  plan!: SplitPlanInput;
}
