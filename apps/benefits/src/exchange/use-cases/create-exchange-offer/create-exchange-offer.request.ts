import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsInt, IsTimeZone, Length, Max, Min, ValidateIf, ValidateNested } from 'class-validator';
import { DefinedInput } from '../../../definitions/definition.request';
import { SIDE_COUNT_MAX } from '../../domain/exchange-offer';

const POINTS_MAX = 100_000_000;
const COUNT_MAX = 10_000_000;
const isKind =
  (kind: string) =>
  (side: GivenSideInput): boolean =>
    side.kind === kind;

export class GivenSideInput {
  @IsIn(['points', 'benefit'])
  kind!: string;

  @ValidateIf(isKind('points'))
  @IsInt()
  @Min(1)
  @Max(POINTS_MAX)
  points!: number;

  @ValidateIf(isKind('benefit'))
  @Length(1, 64)
  stockId!: string;

  @IsInt()
  @Min(0)
  @Max(120)
  pointsValidMonths!: number;

  /** 0 and 1 for one. */
  @ValidateIf(isKind('benefit'))
  @IsInt()
  @Min(0)
  @Max(SIDE_COUNT_MAX)
  count!: number;
}

export class GotSideInput extends GivenSideInput {
  @ValidateIf(isKind('points'))
  @IsInt()
  @Min(1)
  @Max(120)
  declare pointsValidMonths: number;
}

export class ExchangeTermsInput {
  @IsDefined()
  @ValidateNested()
  @Type(() => GivenSideInput)
  give!: GivenSideInput;

  @IsDefined()
  @ValidateNested()
  @Type(() => GotSideInput)
  get!: GotSideInput;

  @IsInt()
  @Min(0)
  @Max(COUNT_MAX)
  dailyLimit!: number;

  @IsInt()
  @Min(0)
  @Max(COUNT_MAX)
  dailyLimitPerCustomer!: number;

  @IsTimeZone()
  timeZone!: string;
}

export class ExchangeOfferInput extends DefinedInput {
  @IsDefined()
  @ValidateNested()
  @Type(() => ExchangeTermsInput)
  terms!: ExchangeTermsInput;
}

export class CreateExchangeOfferInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ExchangeOfferInput)
  offer!: ExchangeOfferInput;
}
