import { Type } from 'class-transformer';
import { IsDefined, IsInt, Length, Max, Min, ValidateIf, ValidateNested } from 'class-validator';
import { OnnxContractInput } from '../../../use-cases/upload-onnx-model/upload-onnx-model.request';

export class RegisterRemoteModelInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  name!: string;

  @Length(8, 256)
  baseUrl!: string;

  @Length(1, 128)
  remoteName!: string;

  @Length(0, 64)
  remoteVersion!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => OnnxContractInput)
  inputSpec!: OnnxContractInput;

  /** 0 for the default. */
  @ValidateIf(({ scoreMaxAgeSeconds }: RegisterRemoteModelInput) => scoreMaxAgeSeconds !== 0)
  @IsInt()
  @Min(60)
  @Max(2_592_000)
  scoreMaxAgeSeconds!: number;
}
