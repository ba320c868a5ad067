import { IsInt, Length, Min } from 'class-validator';

export class DiffStrategyVersionsInput {
  @Length(1, 64)
  strategyId!: string;

  /** 0 for the one that is live. */
  @IsInt()
  @Min(0)
  fromVersion!: number;

  /** 0 for the newest. */
  @IsInt()
  @Min(0)
  toVersion!: number;
}
