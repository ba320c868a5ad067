import { IsInt, Length, Max, Min } from 'class-validator';

export class ListModelSlotsInput {
  @IsInt()
  @Min(0)
  @Max(200)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;
}
