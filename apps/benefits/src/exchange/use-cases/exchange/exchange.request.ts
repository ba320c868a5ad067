import { Length } from 'class-validator';

export class ExchangeInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  offerId!: string;

  @Length(1, 64)
  customerId!: string;

  /** Empty when the offer takes points. */
  @Length(0, 64)
  instanceId!: string;
}
