import { Length } from 'class-validator';
import { REQUEST_ID_LENGTH_MAX } from '../requests/patterns';

/** One step of one name list. */
export class NameListStepInput {
  @Length(1, REQUEST_ID_LENGTH_MAX)
  requestId!: string;

  @Length(1, 64)
  listId!: string;
}
