import { IsIn, IsInt, Length, Max, Min } from 'class-validator';

export class ListSimulationCustomersInput {
  @Length(1, 64)
  simulationId!: string;

  @Length(0, 64)
  reason!: string;

  @IsIn(['', 'same', 'gained', 'lost', 'switched'])
  change!: string;

  @IsInt()
  @Min(0)
  @Max(1_000)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;
}
