import { IsInt, Length, Max, Min } from 'class-validator';

export const PAGE_SIZE_MAX = 200;
export const PAGE_SIZE_DEFAULT = 50;

/** What every paging request has: 1 to 200 rows, 0 for 50. */
export class PageInput {
  @IsInt()
  @Min(0)
  @Max(PAGE_SIZE_MAX)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;
}
