import { IsDate, IsOptional, Length } from 'class-validator';

export class ReleaseLeadInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 128)
  leadId!: string;

  @Length(0, 1000)
  note!: string;

  @IsOptional()
  @IsDate()
  callBackAt?: Date;
}
