import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, Length, Matches, Max, Min, ValidateIf, ValidateNested } from 'class-validator';
import { ID_PATTERN } from '../../../id-pattern';

export class ShownCodeInput {
  @Length(1, 256)
  code!: string;

  @Matches(ID_PATTERN)
  storeId!: string;

  @Matches(ID_PATTERN)
  clerkId!: string;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  orderAmountMinor!: number;
}

/** One of redemptionId, holdId and shown. */
export class AskNextBestActionsInput {
  @ValidateIf((input: AskNextBestActionsInput) => input.isCommitted || input.requestId !== '')
  @Length(1, 128)
  requestId!: string;

  @Matches(ID_PATTERN)
  merchantId!: string;

  @Length(0, 64)
  redemptionId!: string;

  @Length(0, 128)
  holdId!: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => ShownCodeInput)
  shown?: ShownCodeInput;

  /** 0 reads as 1. */
  @IsInt()
  @Min(0)
  @Max(10)
  maxActions!: number;

  @IsBoolean()
  isCommitted!: boolean;
}
