import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsDate, IsInt, Length, Max, Min, ValidateNested } from 'class-validator';

export class CardTransactionInput {
  @Length(1, 256)
  transactionId!: string;

  @Length(1, 64)
  customerId!: string;

  @IsInt()
  @Min(0)
  @Max(1_000_000_000_000)
  amountMinor!: number;

  @Length(3, 3)
  currency!: string;

  @Length(0, 64)
  operation!: string;

  @Length(0, 64)
  channel!: string;

  @IsDate()
  occurredAt!: Date;
}

export class EarnPointsInput {
  @Length(1, 128)
  requestId!: string;

  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => CardTransactionInput)
  transactions!: CardTransactionInput[];
}
