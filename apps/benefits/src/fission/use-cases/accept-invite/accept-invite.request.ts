import { Length } from 'class-validator';

export class AcceptInviteInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  code!: string;

  @Length(1, 64)
  customerId!: string;

  @Length(8, 128)
  deviceId!: string;
}
