import { field } from '../../http/field';
import { queryField } from '../../http/query-field';
import { BusinessDateQuery, ISO_DATE } from '../../requests/settlement.query';

export class RunSettlementBody {
  @field.text({
    min: 10,
    max: 10,
    pattern: ISO_DATE,
    example: '2026-03-02',
    description: 'The business day to settle; it must be over.',
  })
  businessDate!: string;

  @field.flag({ optional: true, description: 'Development only: settle a day that is still open.' })
  isForced?: boolean;
}

export class BatchesQuery extends BusinessDateQuery {
  @queryField.text({ max: 64, description: 'All merchants when left out.' })
  merchantId?: string;
}
