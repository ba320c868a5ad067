import { Length } from 'class-validator';
import { PageInput } from '../../../page.request';

export class GetStatementInput extends PageInput {
  @Length(1, 128)
  batchId!: string;
}
