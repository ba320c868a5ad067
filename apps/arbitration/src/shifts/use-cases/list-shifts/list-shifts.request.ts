import { IsInt, Length, Max, Min } from 'class-validator';

export class ListShiftsInput {
  @Length(1, 64)
  queue!: string;

  @IsInt()
  @Min(0)
  @Max(200)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;
}
