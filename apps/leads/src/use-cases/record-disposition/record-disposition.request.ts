import { IsDate, IsOptional, Length } from 'class-validator';

export class RecordDispositionInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 128)
  leadId!: string;

  @Length(1, 64)
  seatId!: string;

  @Length(1, 32)
  disposition!: string;

  @Length(0, 2000)
  note!: string;

  @IsOptional()
  @IsDate()
  callBackAt?: Date;
}
