import { Length } from 'class-validator';

export class VoidInstanceInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  instanceId!: string;

  @Length(1, 200)
  reason!: string;
}
