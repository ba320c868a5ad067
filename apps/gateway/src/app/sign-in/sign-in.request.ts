import { field } from '../../http/field';
import { queryField } from '../../http/query-field';
import { ISO_DATE } from '../../requests/settlement.query';

export class MakeUpRequest {
  @field.text({ max: 10, pattern: ISO_DATE, example: '2026-03-02', description: 'The missed day.' })
  day!: string;
}

export class CalendarQuery {
  @queryField.text({
    max: 7,
    pattern: /^\d{4}-(0[1-9]|1[0-2])$/,
    example: '2026-03',
    description: 'The present month when left out.',
  })
  month?: string;
}
