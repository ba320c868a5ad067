import { IsDate, IsOptional, Length } from 'class-validator';

export class GetModelEffectInput {
  @Length(1, 64)
  slot!: string;

  /** Empty: converted. */
  @Length(0, 64)
  outcome!: string;

  @IsOptional()
  @IsDate()
  from?: Date;
}
