import { IsInt, IsString, Length } from 'class-validator';

/** A page of what belongs to one object. */
export class PageOfInput {
  @Length(1, 64)
  id!: string;

  @IsInt()
  pageSize!: number;

  @IsString()
  pageToken!: string;
}
