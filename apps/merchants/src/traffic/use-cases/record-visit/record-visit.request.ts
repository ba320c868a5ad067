import { Type } from 'class-transformer';
import { IsOptional, Length, Matches, ValidateNested } from 'class-validator';
import { OPTIONAL_ID_PATTERN } from '../../../id-pattern';
import { TillPlaceInput } from '../../../till.request';
import { OPTIONAL_CUSTOMER_PATTERN, OPTIONAL_PATH_PATTERN } from '../../traffic-pattern';

export class RecordVisitInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 2_000)
  token!: string;

  @Matches(OPTIONAL_ID_PATTERN)
  merchantId!: string;

  @Matches(OPTIONAL_ID_PATTERN)
  storeId!: string;

  @Matches(OPTIONAL_ID_PATTERN)
  clerkId!: string;

  @Matches(OPTIONAL_PATH_PATTERN)
  outletPath!: string;

  @Matches(OPTIONAL_CUSTOMER_PATTERN)
  customerId!: string;

  /** Of a till. */
  @IsOptional()
  @ValidateNested()
  @Type(() => TillPlaceInput)
  place?: TillPlaceInput;
}
