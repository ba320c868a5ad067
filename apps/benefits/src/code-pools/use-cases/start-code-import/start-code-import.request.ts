import { DELIMITERS } from '@tidegate/imports';
import { IsIn, Length } from 'class-validator';

export class StartCodeImportInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  poolId!: string;

  @Length(1, 200)
  fileName!: string;

  @IsIn(DELIMITERS)
  delimiter!: string;

  /** Empty for `code`. */
  @Length(0, 200)
  codeColumn!: string;

  /** Empty for none. */
  @Length(0, 200)
  secretColumn!: string;
}
