import { IsInt, Length, Matches, Max, Min } from 'class-validator';
import { ID_PATTERN, OPTIONAL_ID_PATTERN } from '../../id-pattern';

const OVERLAP_SECONDS_MAX = 30 * 86_400;

export class RotateMerchantKeyInput {
  @Length(1, 128)
  requestId!: string;

  @Matches(ID_PATTERN)
  merchantId!: string;

  @Matches(ID_PATTERN)
  oldKeyId!: string;

  /** Empty: the platform gives one. */
  @Matches(OPTIONAL_ID_PATTERN)
  newKeyId!: string;

  @Length(1, 4096)
  publicKeyPem!: string;

  @IsInt()
  @Min(0)
  @Max(OVERLAP_SECONDS_MAX)
  overlapSeconds!: number;
}
