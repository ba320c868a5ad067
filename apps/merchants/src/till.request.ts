import { IsInt, Length, Matches, Max, Min } from 'class-validator';
import { ID_PATTERN } from './id-pattern';

/** A benefit shown at a till: to be held or redeemed. */
export class TillInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 256)
  code!: string;

  @Matches(ID_PATTERN)
  merchantId!: string;

  @Matches(ID_PATTERN)
  storeId!: string;

  @Matches(ID_PATTERN)
  clerkId!: string;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  orderAmountMinor!: number;
}
