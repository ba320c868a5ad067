import { ArrayMaxSize, IsInt, Length } from 'class-validator';

export class ListQueuesInput {
  @IsInt()
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;

  /** Empty for all. */
  @ArrayMaxSize(200)
  @Length(1, 64, { each: true })
  queues!: string[];
}
