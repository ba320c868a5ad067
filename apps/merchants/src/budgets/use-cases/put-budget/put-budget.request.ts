import { IsIsoCurrency } from '@tidegate/grpc';
import { Type } from 'class-transformer';
import { IsDefined, IsInt, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { ID_PATTERN, OPTIONAL_ID_PATTERN } from '../../../id-pattern';

const COUNT_MAX = 2_147_483_647;
const AMOUNT_MAX = 1_000_000_000_000_000;

export class BudgetLimitsInput {
  @IsInt()
  @Min(0)
  @Max(COUNT_MAX)
  dailyCount!: number;

  @IsInt()
  @Min(0)
  @Max(COUNT_MAX)
  totalCount!: number;

  @IsInt()
  @Min(0)
  @Max(AMOUNT_MAX)
  dailyAmountMinor!: number;

  @IsInt()
  @Min(0)
  @Max(AMOUNT_MAX)
  totalAmountMinor!: number;
}

export class BudgetInput {
  @Matches(ID_PATTERN)
  merchantId!: string;

  /** Empty: the merchant's own. */
  @Matches(OPTIONAL_ID_PATTERN)
  storeId!: string;

  @IsIsoCurrency()
  currency!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => BudgetLimitsInput)
  limits!: BudgetLimitsInput;
}

export class PutBudgetInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => BudgetInput)
  budget!: BudgetInput;
}
