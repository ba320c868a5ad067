import { field } from '../../http/field';
import { ISO_DATE } from '../../requests/settlement.query';

export class MakeUpRequest {
  @field.text({ max: 10, pattern: ISO_DATE, example: '2026-03-02', description: 'The missed day.' })
  day!: string;
}
