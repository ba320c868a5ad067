import { field } from '../../http/field';

/** A transaction whose points are taken back. */
export class PointsReversalBody {
  @field.text({ max: 256, description: 'The reference of its entry in the points history.' })
  transactionId!: string;

  @field.text({ max: 64 })
  customerId!: string;

  @field.text({ max: 200, description: 'Why they are taken back, e.g. a refund.' })
  reason!: string;
}

export class ReversePointsBody {
  @field.parts(() => PointsReversalBody, { minCount: 1, maxCount: 500 })
  reversals!: PointsReversalBody[];
}
