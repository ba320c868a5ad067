import { IsBoolean, Length, ValidateIf } from 'class-validator';

export class RecordPaymentInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 128)
  batchId!: string;

  @IsBoolean()
  isPaid!: boolean;

  /** Needed when it was not paid. */
  @ValidateIf(({ isPaid, reason }: RecordPaymentInput) => !isPaid || reason !== '')
  @Length(1, 500)
  reason!: string;
}
