import { queryField } from '../http/query-field';

export class CalendarQuery {
  @queryField.text({
    max: 7,
    pattern: /^\d{4}-(0[1-9]|1[0-2])$/,
    example: '2026-03',
    description: 'The present month when left out.',
  })
  month?: string;
}
