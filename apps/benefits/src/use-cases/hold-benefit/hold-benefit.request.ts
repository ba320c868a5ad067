import { IsInt, Length, Max, Min } from 'class-validator';

const ORDER_AMOUNT_MINOR_MAX = 1_000_000_000_00;

export class HoldBenefitInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 256)
  code!: string;

  @Length(1, 64)
  merchantId!: string;

  @Length(1, 64)
  storeId!: string;

  @Length(1, 64)
  clerkId!: string;

  @IsInt()
  @Min(0)
  @Max(ORDER_AMOUNT_MINOR_MAX)
  orderAmountMinor!: number;
}
