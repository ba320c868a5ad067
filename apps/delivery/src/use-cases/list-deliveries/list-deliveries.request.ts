import { IsIn, IsInt, Length, Max, Min } from 'class-validator';
import { DELIVERY_CHANNELS, DELIVERY_STATES, type DeliveryChannel, type DeliveryState } from '../../domain/delivery';

export class ListDeliveriesInput {
  /** Empty for all. */
  @IsIn(['', ...DELIVERY_CHANNELS])
  channel!: DeliveryChannel | '';

  /** Empty for all. */
  @IsIn(['', ...DELIVERY_STATES])
  state!: DeliveryState | '';

  @IsInt()
  @Min(0)
  @Max(200)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;
}
