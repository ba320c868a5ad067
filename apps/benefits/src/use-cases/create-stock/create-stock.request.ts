import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsBoolean,
  IsDate,
  IsDefined,
  IsIn,
  IsInt,
  IsISO4217CurrencyCode,
  IsTimeZone,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { BENEFIT_KINDS, FUNDERS, type BenefitKind, type Funder } from '../../domain/stock';

const AMOUNT_MINOR_MAX = 1_000_000_00;
const COUNT_MAX = 10_000_000;
const SECONDS_MAX = 5 * 365 * 24 * 3600;

export class CostShareInput {
  @IsIn(FUNDERS)
  funder!: Funder;

  @Length(0, 64)
  partyId!: string;

  @IsInt()
  @Min(1)
  @Max(10_000)
  basisPoints!: number;
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

  @IsISO4217CurrencyCode()
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

  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => CostShareInput)
  costShares!: CostShareInput[];

  @Matches(/^[a-z0-9-]+(\/[a-z0-9-]+){0,5}$/)
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
}
