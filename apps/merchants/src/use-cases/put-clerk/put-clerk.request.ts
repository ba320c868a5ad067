import { Type } from 'class-transformer';
import { IsDefined, IsBoolean, Length, Matches, ValidateNested } from 'class-validator';
import { ID_PATTERN, OPTIONAL_ID_PATTERN } from '../../id-pattern';

export class ClerkInput {
  /** Empty: the platform gives one. */
  @Matches(OPTIONAL_ID_PATTERN)
  clerkId!: string;

  @Matches(ID_PATTERN)
  merchantId!: string;

  @Matches(ID_PATTERN)
  storeId!: string;

  @Length(1, 100)
  name!: string;

  @IsBoolean()
  isActive!: boolean;
}

export class PutClerkInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ClerkInput)
  clerk!: ClerkInput;
}
