import { field } from '../../http/field';

const CONTENT_BASE64_MAX = 5_592_408;

export class ModelRefBody {
  @field.oneOf(['adaptive', 'onnx'])
  kind!: string;

  @field.text({ optional: true, max: 64, description: 'onnx: the uploaded model’s id.' })
  modelId?: string;
}

export class ModelSlotBody {
  @field.part(() => ModelRefBody)
  champion!: ModelRefBody;

  @field.part(() => ModelRefBody, { optional: true, description: 'Scored and recorded, never used.' })
  shadow?: ModelRefBody;

  @field.text({ optional: true, max: 128, description: 'Fact type that teaches it with past outcomes.' })
  historyFactType?: string;

  @field.text({ optional: true, max: 64, description: 'Outcome that counts as success, e.g. converted.' })
  successOutcome?: string;

  @field.json({ optional: true, description: 'The adaptive model’s features.' })
  featureSpec?: Record<string, unknown>;

  @field.whole({ optional: true, description: 'The version that was read.' })
  version?: number;
}

export class OnnxModelBody {
  @field.text({ max: 100 })
  name!: string;

  @field.text({
    max: CONTENT_BASE64_MAX,
    pattern: /^[A-Za-z0-9+/]+={0,2}$/,
    example: 'CAESBHRlc3Q=',
    description: 'The file in Base64; 4 MiB at most.',
  })
  contentBase64!: string;

  @field.json({ optional: true, description: 'Features in input order: name, kind, categories, mean, scale.' })
  inputSpec?: Record<string, unknown>;
}
