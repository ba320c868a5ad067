import { IsBoolean, IsInt, Length, Matches, Max, Min, ValidateIf } from 'class-validator';
import { ID_PATTERN } from '../../../id-pattern';

export class AskNextBestActionsInput {
  @ValidateIf((input: AskNextBestActionsInput) => input.isCommitted || input.requestId !== '')
  @Length(1, 128)
  requestId!: string;

  @Matches(ID_PATTERN)
  merchantId!: string;

  @Length(1, 64)
  redemptionId!: string;

  /** 0 reads as 1. */
  @IsInt()
  @Min(0)
  @Max(10)
  maxActions!: number;

  @IsBoolean()
  isCommitted!: boolean;
}
