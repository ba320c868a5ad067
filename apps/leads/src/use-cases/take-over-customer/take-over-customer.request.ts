import { IsIn, Length } from 'class-validator';
import { ARRIVAL_CHANNELS, type ArrivalChannel } from '../../domain/arrival';

export class TakeOverCustomerInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  seatId!: string;

  @Length(1, 64)
  customerId!: string;

  @IsIn(ARRIVAL_CHANNELS)
  channel!: ArrivalChannel;

  @Length(0, 2000)
  note!: string;
}
