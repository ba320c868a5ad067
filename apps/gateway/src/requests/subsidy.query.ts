import { queryField } from '../http/query-field';

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A span of business dates, both in it, 366 days at most. */
export class SubsidySpanQuery {
  @queryField.text({
    pattern: ISO_DATE,
    max: 10,
    example: '2026-11-01',
    description: 'ISO date; 30 days before when left out.',
  })
  fromDate?: string;

  @queryField.text({ pattern: ISO_DATE, max: 10, example: '2026-11-30', description: 'ISO date; today when left out.' })
  toDate?: string;
}
