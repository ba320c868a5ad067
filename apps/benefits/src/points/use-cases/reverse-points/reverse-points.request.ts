import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, Length, ValidateNested } from 'class-validator';

export class PointsReversalInput {
  @Length(1, 256)
  transactionId!: string;

  @Length(1, 64)
  customerId!: string;

  @Length(1, 200)
  reason!: string;
}

export class ReversePointsInput {
  @Length(1, 128)
  requestId!: string;

  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => PointsReversalInput)
  reversals!: PointsReversalInput[];
}
