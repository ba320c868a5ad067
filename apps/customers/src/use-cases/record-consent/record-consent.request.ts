import { IsBoolean, IsIn, Length, Matches } from 'class-validator';
import { CONSENT_CHANNELS } from '../../domain/consent';

export class RecordConsentInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  customerId!: string;

  @Matches(/^[a-z][a-z0-9_]{0,63}$/)
  purpose!: string;

  @IsIn(CONSENT_CHANNELS)
  channel!: string;

  @IsBoolean()
  isGranted!: boolean;

  @Length(1, 500)
  evidence!: string;
}
