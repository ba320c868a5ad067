import { IsInt, Length, Max, Min } from 'class-validator';

/** 0 stands for the default. */
export class StartSimulationInput {
  @Length(1, 128)
  requestId!: string;

  @IsInt()
  @Min(0)
  @Max(28)
  dayCount!: number;

  @IsInt()
  @Min(0)
  @Max(200_000)
  customerCountMax!: number;
}
