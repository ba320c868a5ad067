import { Type } from 'class-transformer';
import { IsDefined, Length, Matches, ValidateNested } from 'class-validator';
import { ORG_PATH_PATTERN } from '../../domain/org-unit';
import { OPTIONAL_ID_PATTERN } from '../../id-pattern';

export class MerchantInput {
  /** Empty: the platform gives one. */
  @Matches(OPTIONAL_ID_PATTERN)
  merchantId!: string;

  @Length(1, 100)
  name!: string;

  @Matches(ORG_PATH_PATTERN)
  orgPath!: string;

  @Length(0, 64)
  settlementAccount!: string;
}

export class PutMerchantInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => MerchantInput)
  merchant!: MerchantInput;
}
