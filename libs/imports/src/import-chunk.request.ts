import { IsBoolean, IsInstance, IsInt, Length, Min } from 'class-validator';
import type { FileChunk } from './file-content';

/** One piece of an import's file. */
export class ImportChunkInput implements FileChunk {
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
