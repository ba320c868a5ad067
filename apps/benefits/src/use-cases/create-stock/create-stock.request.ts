import { IsIsoCurrency } from '@tidegate/grpc';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsBoolean,
  IsDate,
  IsDefined,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsTimeZone,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { RewardInput } from '../../granting/reward.request';
import { REMINDER_LEAD_DAYS } from '../../reminders/domain/expiry-reminder';
import { CODE_SEED_SECONDS_MAX, CODE_SEED_SECONDS_MIN } from '../../domain/code-seed';
import { SHARDS_MAX } from '../../domain/stock-shards';
import { BENEFIT_KINDS, FUNDERS, type BenefitKind, type Funder } from '../../domain/stock';

const AMOUNT_MINOR_MAX = 1_000_000_00;
const COUNT_MAX = 10_000_000;
const SECONDS_MAX = 5 * 365 * 24 * 3600;
const ORG_PATH_PATTERN = /^[a-z0-9-]+(\/[a-z0-9-]+){0,5}$/;

export class CostShareInput {
  @IsIn(FUNDERS)
  funder!: Funder;

  @Length(0, 256)
  partyId!: string;

  @IsInt()
  @Min(1)
  @Max(10_000)
  basisPoints!: number;
}

export class RedeemWindowInput {
  @ArrayMaxSize(7)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(7, { each: true })
  weekdays!: number[];

  @Matches(/^(([01]\d|2[0-3]):[0-5]\d)?$/)
  from!: string;

  @Matches(/^(([01]\d|2[0-3]):[0-5]\d)?$/)
  to!: string;

  @IsInt()
  @Min(0)
  @Max(366)
  afterDays!: number;

  @ArrayMaxSize(366)
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { each: true })
  @IsISO8601({ strict: true }, { each: true })
  blockedDates!: string[];
}

export class ShareTermsInput {
  @IsInt()
  @Min(60)
  @Max(SECONDS_MAX)
  linkValidSeconds!: number;

  @IsInt()
  @Min(1)
  @Max(1_000)
  linksPerCustomerMax!: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => RewardInput)
  sharerReward!: RewardInput | undefined;

  @IsInt()
  @Min(0)
  @Max(10_000)
  sharerRewardsMax!: number;
}

export class StockInput {
  /** Empty: the platform gives one. */
  @Matches(/^([a-z0-9]+(-[a-z0-9]+)*)?$/)
  @Length(0, 64)
  stockId!: string;

  @Length(1, 100)
  name!: string;

  @IsIn(BENEFIT_KINDS)
  kind!: BenefitKind;

  @IsInt()
  @Min(1)
  @Max(AMOUNT_MINOR_MAX)
  faceValueMinor!: number;

  /** ISO 4217, or PTS for points. */
  @IsIsoCurrency('PTS')
  currency!: string;

  @IsInt()
  @Min(0)
  @Max(AMOUNT_MINOR_MAX)
  thresholdMinor!: number;

  @IsInt()
  @Min(1)
  @Max(COUNT_MAX)
  totalLimit!: number;

  @IsInt()
  @Min(0)
  @Max(COUNT_MAX)
  dailyLimit!: number;

  @IsInt()
  @Min(0)
  @Max(1_000)
  perCustomerLimit!: number;

  @IsInt()
  @Min(0)
  @Max(1_000)
  naturalPersonLimit!: number;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  budgetMinor!: number;

  @IsDate()
  claimStartsAt!: Date;

  @IsDate()
  claimEndsAt!: Date;

  @IsInt()
  @Min(1)
  @Max(SECONDS_MAX)
  validForSeconds!: number;

  @IsBoolean()
  isTransferable!: boolean;

  @ArrayMaxSize(1_000)
  @Length(1, 64, { each: true })
  merchantIds!: string[];

  @ArrayMaxSize(1_000)
  @Length(1, 64, { each: true })
  storeIds!: string[];

  @ArrayMaxSize(1_000)
  @ArrayUnique()
  @Matches(ORG_PATH_PATTERN, { each: true })
  outletPaths!: string[];

  @IsOptional()
  @ValidateNested()
  @Type(() => RedeemWindowInput)
  redeemWindow?: RedeemWindowInput;

  @IsInt()
  @Min(0)
  @Max(10_000)
  percentBasisPoints!: number;

  @Length(0, 64)
  poolId!: string;

  @ArrayMaxSize(20)
  @ArrayUnique()
  @Length(1, 64, { each: true })
  bundleStockIds!: string[];

  @IsBoolean()
  isBundleWhole!: boolean;

  @ArrayUnique()
  @IsIn(REMINDER_LEAD_DAYS, { each: true })
  reminderLeadDays!: number[];

  @IsInt()
  @Min(0)
  @Max(SHARDS_MAX)
  shardCount!: number;

  @IsBoolean()
  isShareable!: boolean;

  @IsOptional()
  @ValidateNested()
  @Type(() => ShareTermsInput)
  shareTerms!: ShareTermsInput | undefined;

  @ValidateIf((stock: { codeSeedSeconds: number }) => stock.codeSeedSeconds !== 0)
  @IsInt()
  @Min(CODE_SEED_SECONDS_MIN)
  @Max(CODE_SEED_SECONDS_MAX)
  codeSeedSeconds!: number;

  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => CostShareInput)
  costShares!: CostShareInput[];

  @Matches(ORG_PATH_PATTERN)
  orgPath!: string;

  @IsTimeZone()
  timeZone!: string;
}

export class CreateStockInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => StockInput)
  stock!: StockInput;

  @IsOptional()
  @IsBoolean()
  isRepeatOnly?: boolean;
}
