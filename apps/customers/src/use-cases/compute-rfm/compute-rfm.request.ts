import { IsDate, IsInt, IsOptional, Length, Matches, Max, Min } from 'class-validator';

export class ComputeRfmInput {
  @Length(1, 128)
  requestId!: string;

  @IsInt()
  @Min(1)
  @Max(3_650)
  windowDays!: number;

  @IsOptional()
  @IsDate()
  asOf?: Date;

  /** Empty for `transaction`. */
  @Matches(/^([A-Za-z0-9][A-Za-z0-9._-]{0,127})?$/)
  eventType!: string;
}
