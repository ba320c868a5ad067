import { Length, Matches } from 'class-validator';

export class StartPushInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  strategyId!: string;

  @Length(0, 64)
  listId!: string;

  /** Empty for the current one. */
  @Matches(/^([A-Za-z0-9][A-Za-z0-9._:-]{0,63})?$/)
  capacitySlot!: string;
}
