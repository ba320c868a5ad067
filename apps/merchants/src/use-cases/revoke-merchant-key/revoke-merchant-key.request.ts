import { Length, Matches } from 'class-validator';
import { ID_PATTERN } from '../../id-pattern';

export class RevokeMerchantKeyInput {
  @Length(1, 128)
  requestId!: string;

  @Matches(ID_PATTERN)
  merchantId!: string;

  @Matches(ID_PATTERN)
  keyId!: string;
}
