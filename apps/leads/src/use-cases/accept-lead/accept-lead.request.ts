import { Length } from 'class-validator';

export class AcceptLeadInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 128)
  leadId!: string;

  @Length(1, 64)
  seatId!: string;
}
