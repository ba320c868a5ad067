import { IsBoolean, IsInstance, IsInt, Length, Min } from 'class-validator';

export class AppendCodeImportChunkInput {
  @Length(1, 64)
  importId!: string;

  @IsInt()
  @Min(0)
  sequence!: number;

  @IsInstance(Uint8Array)
  content!: Uint8Array;

  @IsBoolean()
  isLast!: boolean;
}
