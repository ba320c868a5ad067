import { Type } from 'class-transformer';
import { IsOptional, Length, Matches, ValidateNested } from 'class-validator';
import { ID_PATTERN } from '../../id-pattern';
import { TillPlaceInput } from '../../till.request';

export class ReverseAtStoreInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  redemptionId!: string;

  @Matches(ID_PATTERN)
  merchantId!: string;

  @Matches(ID_PATTERN)
  storeId!: string;

  @Matches(ID_PATTERN)
  clerkId!: string;

  @Length(1, 200)
  reason!: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => TillPlaceInput)
  place?: TillPlaceInput;
}
