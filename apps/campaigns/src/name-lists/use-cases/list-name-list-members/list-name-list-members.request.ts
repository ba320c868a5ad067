import { IsInt, Length } from 'class-validator';

export class ListNameListMembersInput {
  @Length(1, 64)
  listId!: string;

  @IsInt()
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;

  /** Empty for everybody's. */
  @Length(0, 128)
  agentId!: string;

  /** Empty for all. */
  @Length(0, 64)
  reason!: string;
}
