import { IsInt, Length, Max, Min } from 'class-validator';

export class ListModelMovesInput {
  @Length(1, 64)
  slot!: string;

  @IsInt()
  @Min(0)
  @Max(200)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;
}
