import { Length } from 'class-validator';

export class TryModelInput {
  @Length(1, 64)
  modelId!: string;

  @Length(1, 128)
  requestId!: string;
}
