import { IsIsoCurrency } from '@tidegate/grpc';
import { IsIn, IsInt, Length, Max, Min, NotEquals } from 'class-validator';
import { ADJUSTMENT_KINDS, type AdjustmentKind } from '../../domain/adjustment';
import { FUNDERS, type Funder } from '../../domain/stock';

/** Ten thousand million of a currency with two decimals. */
const AMOUNT_MINOR_MAX = 1_000_000_000_000;

export class PostAdjustmentInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 128)
  adjustmentId!: string;

  @Length(1, 64)
  merchantId!: string;

  @IsInt()
  @NotEquals(0)
  @Min(-AMOUNT_MINOR_MAX)
  @Max(AMOUNT_MINOR_MAX)
  amountMinor!: number;

  @IsIsoCurrency()
  currency!: string;

  @IsIn(ADJUSTMENT_KINDS)
  kind!: AdjustmentKind;

  /** Empty for a returned payment. */
  @IsIn(['', ...FUNDERS])
  funder!: Funder | '';

  @Length(0, 256)
  partyId!: string;
}
