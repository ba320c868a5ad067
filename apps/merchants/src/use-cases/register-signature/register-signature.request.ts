import { IsDate, Length, Matches } from 'class-validator';
import { ID_PATTERN } from '../../id-pattern';

export class RegisterSignatureInput {
  @Matches(ID_PATTERN)
  keyId!: string;

  @Length(8, 128)
  nonce!: string;

  @IsDate()
  expiresAt!: Date;
}
