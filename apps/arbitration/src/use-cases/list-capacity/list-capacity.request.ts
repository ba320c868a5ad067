import { IsInt, Length, Max, Min } from 'class-validator';

export class ListCapacityInput {
  /** Empty for all. */
  @Length(0, 64)
  queue!: string;

  @IsInt()
  @Min(0)
  @Max(200)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;
}
