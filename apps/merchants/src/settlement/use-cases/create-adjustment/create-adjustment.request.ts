import { IsIsoCurrency } from '@tidegate/grpc';
import { IsIn, IsInt, Length, Matches, Max, Min, NotEquals } from 'class-validator';
import { ID_PATTERN } from '../../../id-pattern';
import { ADJUSTMENT_FUNDERS, type AdjustmentFunder } from '../../domain/adjustment';

/** Ten thousand million of a currency with two decimals. */
const AMOUNT_MINOR_MAX = 1_000_000_000_000;

export class CreateAdjustmentInput {
  @Length(1, 128)
  requestId!: string;

  @Matches(ID_PATTERN)
  merchantId!: string;

  @IsInt()
  @NotEquals(0)
  @Min(-AMOUNT_MINOR_MAX)
  @Max(AMOUNT_MINOR_MAX)
  amountMinor!: number;

  @IsIsoCurrency()
  currency!: string;

  @IsIn(ADJUSTMENT_FUNDERS)
  funder!: AdjustmentFunder;

  /** Empty: the merchant's organisation for the bank, the merchant itself for the merchant. */
  @Length(0, 256)
  partyId!: string;

  @Length(1, 500)
  comment!: string;
}
