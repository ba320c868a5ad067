import { ArrayMaxSize, ArrayMinSize, IsInt, IsISO4217CurrencyCode, Length, Min } from 'class-validator';

export class PostSettlementInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 128)
  batchId!: string;

  @Length(1, 64)
  merchantId!: string;

  @IsInt()
  @Min(1)
  amountMinor!: number;

  @IsISO4217CurrencyCode()
  currency!: string;

  @ArrayMinSize(1)
  @ArrayMaxSize(200_000)
  @Length(1, 64, { each: true })
  redemptionIds!: string[];
}
