import { Type } from 'class-transformer';
import { IsIsoCurrency } from '@tidegate/grpc';
import { ArrayMaxSize, ArrayUnique, IsInt, Length, Min, ValidateNested } from 'class-validator';

const ITEMS_MAX = 10_000;

export class SettledReversalInput {
  @Length(1, 64)
  reversalId!: string;

  @Length(1, 64)
  redemptionId!: string;

  @IsInt()
  @Min(1)
  amountMinor!: number;
}

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

  @IsIsoCurrency()
  currency!: string;

  @ArrayMaxSize(ITEMS_MAX)
  @Length(1, 64, { each: true })
  redemptionIds!: string[];

  @ArrayMaxSize(ITEMS_MAX)
  @ArrayUnique(({ reversalId }: SettledReversalInput) => reversalId)
  @ValidateNested({ each: true })
  @Type(() => SettledReversalInput)
  reversals!: SettledReversalInput[];

  @ArrayMaxSize(ITEMS_MAX)
  @ArrayUnique()
  @Length(1, 128, { each: true })
  adjustmentIds!: string[];
}
