import { Length } from 'class-validator';

/** A link as the one who was given it names it. */
export class ShareLinkInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  linkId!: string;

  @Length(1, 64)
  customerId!: string;
}
