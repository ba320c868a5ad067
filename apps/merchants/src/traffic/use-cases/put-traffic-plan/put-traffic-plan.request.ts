import { IsIsoCurrency } from '@tidegate/grpc';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsDate,
  IsDefined,
  IsIn,
  IsInt,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ORG_PATH_PATTERN } from '../../../domain/org-unit';
import { ID_PATTERN, OPTIONAL_ID_PATTERN } from '../../../id-pattern';
import {
  SUBSIDY_PAYERS,
  TRAFFIC_DIRECTIONS,
  type SubsidyPayer,
  type TrafficDirection,
} from '../../domain/traffic-plan';

const AMOUNT_MAX = 1_000_000_000_000;

export class VisitGoalInput {
  @Matches(ID_PATTERN)
  goalId!: string;

  @IsInt()
  @Min(1)
  @Max(100)
  visitCount!: number;

  @IsInt()
  @Min(1)
  @Max(366)
  withinDays!: number;

  @Matches(OPTIONAL_ID_PATTERN)
  rewardStockId!: string;
}

export class SubsidyRuleInput {
  /** Empty: the plan pays nothing. */
  @IsIsoCurrency('')
  currency!: string;

  @IsInt()
  @Min(0)
  @Max(AMOUNT_MAX)
  perVisitMinor!: number;

  @IsInt()
  @Min(0)
  @Max(AMOUNT_MAX)
  perRedemptionMinor!: number;

  @IsInt()
  @Min(0)
  @Max(10_000)
  redemptionBasisPoints!: number;

  @IsInt()
  @Min(0)
  @Max(90)
  attributionDays!: number;

  @IsInt()
  @Min(0)
  @Max(AMOUNT_MAX)
  dailyLimitMinor!: number;

  @IsInt()
  @Min(0)
  @Max(AMOUNT_MAX)
  totalLimitMinor!: number;

  /** Empty: the bank. */
  @Transform(({ value }) => (value === '' ? 'bank' : (value as SubsidyPayer)))
  @IsIn(SUBSIDY_PAYERS)
  payer!: SubsidyPayer;
}

export class TrafficPlanInput {
  /** Empty: the platform gives one. */
  @Matches(OPTIONAL_ID_PATTERN)
  planId!: string;

  @Length(1, 100)
  name!: string;

  @IsIn(TRAFFIC_DIRECTIONS)
  direction!: TrafficDirection;

  @Matches(ORG_PATH_PATTERN)
  orgPath!: string;

  @ArrayMaxSize(1_000)
  @ArrayUnique()
  @Matches(ID_PATTERN, { each: true })
  storeIds!: string[];

  @ArrayMaxSize(1_000)
  @ArrayUnique()
  @Matches(ORG_PATH_PATTERN, { each: true })
  outletPaths!: string[];

  @IsDate()
  startsAt!: Date;

  @IsDate()
  endsAt!: Date;

  @IsInt()
  @Min(60)
  @Max(31_622_400)
  tokenLifeSeconds!: number;

  @IsInt()
  @Min(1)
  @Max(1_000_000)
  tokenUseLimit!: number;

  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => VisitGoalInput)
  goals!: VisitGoalInput[];

  @IsDefined()
  @ValidateNested()
  @Type(() => SubsidyRuleInput)
  subsidy!: SubsidyRuleInput;
}

export class PutTrafficPlanInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => TrafficPlanInput)
  plan!: TrafficPlanInput;
}
