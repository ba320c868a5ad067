import { Length } from 'class-validator';

export class HandOverLeadInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 128)
  leadId!: string;

  @Length(1, 64)
  seatId!: string;

  @Length(1, 64)
  toQueue!: string;

  @Length(0, 64)
  toSeatId!: string;

  @Length(0, 2000)
  note!: string;
}
