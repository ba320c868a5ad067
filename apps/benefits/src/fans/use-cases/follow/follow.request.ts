import { IsIn, Length } from 'class-validator';
import { TARGET_KINDS, type TargetKind } from '../../domain/fan';

/** An outlet or store. */
export class TargetInput {
  @IsIn(TARGET_KINDS)
  kind!: TargetKind;

  @Length(1, 256)
  targetId!: string;
}

export class UnfollowInput extends TargetInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  customerId!: string;
}

export class FollowInput extends UnfollowInput {
  @Length(0, 64)
  source!: string;
}
