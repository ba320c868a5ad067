import { IsBoolean, Length, Matches } from 'class-validator';

export class RunSettlementInput {
  @Length(1, 128)
  requestId!: string;

  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  businessDate!: string;

  @IsBoolean()
  isForced!: boolean;
}
