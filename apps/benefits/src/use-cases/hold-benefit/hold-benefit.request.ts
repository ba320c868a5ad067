import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsBoolean,
  IsInt,
  IsOptional,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

const ORDER_AMOUNT_MINOR_MAX = 1_000_000_000_00;

const ITEMS_MAX = 20;

export class SaleItemInput {
  /** A scanned code, or the number that stands for one. */
  @Length(1, 256)
  code!: string;

  /** 0 for as much as the sale can take. */
  @IsInt()
  @Min(0)
  @Max(ORDER_AMOUNT_MINOR_MAX)
  amountMinor!: number;
}

/** The benefits of one sale at a till. */
export class SaleInput {
  @ArrayMinSize(1)
  @ArrayMaxSize(ITEMS_MAX)
  @ValidateNested({ each: true })
  @Type(() => SaleItemInput)
  items!: SaleItemInput[];

  @Length(1, 64)
  merchantId!: string;

  @Length(1, 64)
  storeId!: string;

  @Length(1, 64)
  clerkId!: string;

  /** The outlet that the store belongs to; left out when it is not known. */
  @IsOptional()
  @Length(0, 300)
  outletPath?: string;

  @IsInt()
  @Min(0)
  @Max(ORDER_AMOUNT_MINOR_MAX)
  orderAmountMinor!: number;
}

export class HoldBenefitInput extends SaleInput {
  @Length(1, 128)
  requestId!: string;

  @IsOptional()
  @IsBoolean()
  isRepeatOnly?: boolean;
}
