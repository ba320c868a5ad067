import { ArrayMaxSize, IsBoolean, IsInt, Length, Max, Min } from 'class-validator';
import { MEMBERS_PER_CHUNK_MAX } from '../../domain/push';

export class AppendPushMembersInput {
  @Length(1, 64)
  pushId!: string;

  @IsInt()
  @Min(0)
  @Max(1_000_000)
  sequence!: number;

  /** May be empty with isLast, when the list ended at a full chunk. */
  @ArrayMaxSize(MEMBERS_PER_CHUNK_MAX)
  @Length(1, 64, { each: true })
  customerIds!: string[];

  @IsBoolean()
  isLast!: boolean;
}
