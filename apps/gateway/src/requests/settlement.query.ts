import { PageQuery } from '../http/page.query';
import { queryField } from '../http/query-field';

export const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

export class BusinessDateQuery extends PageQuery {
  @queryField.text({ max: 10, pattern: ISO_DATE, example: '2026-03-02', description: 'ISO date of the business day.' })
  businessDate?: string;
}

export const PDF_TYPE = 'application/pdf';

export class OfMerchantQuery extends PageQuery {
  @queryField.text({ max: 64, description: 'All merchants when left out.' })
  merchantId?: string;
}
