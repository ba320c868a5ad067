import { Length } from 'class-validator';

export class StartLedgerCheckInput {
  @Length(1, 128)
  requestId!: string;
}
