import { Length } from 'class-validator';

export class CreateInviteInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  campaignId!: string;

  @Length(1, 64)
  customerId!: string;

  @Length(8, 128)
  deviceId!: string;
}
