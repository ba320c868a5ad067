import { ArrayMaxSize, ArrayUnique, Length } from 'class-validator';
import { SIDE_COUNT_MAX } from '../../domain/exchange-offer';

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

  /** All that are given, where the offer takes several; empty when `instanceId` names the one. */
  @ArrayMaxSize(SIDE_COUNT_MAX)
  @ArrayUnique()
  @Length(1, 64, { each: true })
  instanceIds!: string[];
}
