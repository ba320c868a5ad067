import { IsDate, IsOptional, Length } from 'class-validator';

export class GetFunnelInput {
  /** Empty for all. */
  @Length(0, 64)
  strategyId!: string;

  @IsOptional()
  @IsDate()
  from?: Date;

  /** Exclusive. */
  @IsOptional()
  @IsDate()
  to?: Date;
}
