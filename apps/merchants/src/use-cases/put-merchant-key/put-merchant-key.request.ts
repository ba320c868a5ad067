import { Type } from 'class-transformer';
import { IsDefined, Length, Matches, ValidateNested } from 'class-validator';
import { ID_PATTERN, OPTIONAL_ID_PATTERN } from '../../id-pattern';

export class MerchantKeyInput {
  /** Empty: the platform gives one. */
  @Matches(OPTIONAL_ID_PATTERN)
  keyId!: string;

  @Matches(ID_PATTERN)
  merchantId!: string;

  @Length(1, 4096)
  publicKeyPem!: string;
}

export class PutMerchantKeyInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => MerchantKeyInput)
  key!: MerchantKeyInput;
}
