import { ArrayMaxSize, ArrayMinSize, Length } from 'class-validator';
import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';

export class FindCustomerIdsInput {
  @ArrayMinSize(1)
  @ArrayMaxSize(5_000)
  @Length(1, 128, { each: true })
  externalIds!: string[];

  /** Empty for the whole bank. */
  @Length(0, ORG_PATH_LENGTH_MAX)
  orgPath!: string;
}
