import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsInt,
  IsLatitude,
  IsLongitude,
  IsOptional,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ID_PATTERN } from './id-pattern';

export class TillItemInput {
  @Length(1, 256)
  code!: string;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  amountMinor!: number;
}

/** Where a till says it is. */
export class TillPlaceInput {
  @IsLongitude()
  longitude!: number;

  @IsLatitude()
  latitude!: number;
}

/** The benefits shown at a till for one sale. */
export class SaleInput {
  /** Empty when there are items. */
  @Length(0, 256)
  code!: string;

  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => TillItemInput)
  items!: TillItemInput[];

  @Matches(ID_PATTERN)
  merchantId!: string;

  @Matches(ID_PATTERN)
  storeId!: string;

  @Matches(ID_PATTERN)
  clerkId!: string;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  orderAmountMinor!: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => TillPlaceInput)
  place?: TillPlaceInput;
}

/** The outlet that the sale's store belongs to, which the till need not know. */
export interface SoldAt {
  outletPath: string;
}

/** Benefits to be held or redeemed. */
export class TillInput extends SaleInput {
  @Length(1, 128)
  requestId!: string;
}
