import { IsIn, Length } from 'class-validator';

export const STATEMENT_FORMATS = ['csv', 'pdf'] as const;
export type StatementFormat = (typeof STATEMENT_FORMATS)[number];

export class GetStatementFileInput {
  @Length(1, 128)
  batchId!: string;

  @IsIn(STATEMENT_FORMATS)
  format!: StatementFormat;
}
