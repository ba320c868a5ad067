import { IsInt, Length, Max, Min } from 'class-validator';

export class ListPushDecisionsInput {
  @Length(1, 64)
  pushId!: string;

  @IsInt()
  @Min(0)
  @Max(1_000)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;
}
