import { IsBoolean, IsInstance, IsInt, Length, Max, Min } from 'class-validator';

export class AppendNameListContentInput {
  @Length(1, 64)
  listId!: string;

  @IsInt()
  @Min(0)
  @Max(100_000)
  sequence!: number;

  @IsInstance(Uint8Array)
  content!: Uint8Array;

  @IsBoolean()
  isLast!: boolean;
}
