import { Length } from 'class-validator';

export class CloseComplaintInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  complaintId!: string;

  @Length(1, 1_000)
  resolution!: string;
}
