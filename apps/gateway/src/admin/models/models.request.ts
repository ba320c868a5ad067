import { field } from '../../http/field';

const CONTENT_BASE64_MAX = 5_592_408;

export class ModelRefBody {
  @field.oneOf(['adaptive', 'onnx', 'remote'])
  kind!: string;

  @field.text({ optional: true, max: 64, description: 'onnx, remote: the uploaded or registered model’s id.' })
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

  @field.whole({
    optional: true,
    max: 5_000,
    description:
      'Share of the people ranked without the model (the no-model group 非模型组), in hundredths of a percent.',
  })
  noModelBasisPoints?: number;

  @field.json({ optional: true, description: 'The adaptive model’s features, half-life and the like.' })
  featureSpec?: Record<string, unknown>;

  @field.whole({ optional: true, description: 'The version that was read.' })
  version?: number;
}

export class SlotSettingsBody {
  @field.text({ optional: true, max: 128, description: 'Fact type that teaches it with past outcomes.' })
  historyFactType?: string;

  @field.text({ max: 64, description: 'Outcome that counts as success, e.g. converted.' })
  successOutcome!: string;

  @field.whole({
    max: 5_000,
    description:
      'Share of the people ranked without the model (the no-model group 非模型组), in hundredths of a percent.',
  })
  noModelBasisPoints!: number;

  @field.json({ optional: true, description: 'Features, half-life and the like; what is learnt stays without it.' })
  featureSpec?: Record<string, unknown>;
}

export class SlotSettingsProposalBody {
  @field.part(() => SlotSettingsBody)
  settings!: SlotSettingsBody;

  @field.text({ max: 500 })
  reason!: string;
}

export class ModelMoveBody {
  @field.part(() => ModelRefBody)
  model!: ModelRefBody;

  @field.oneOf(['shadow', 'challenger', 'champion', 'retired'])
  toStage!: string;

  @field.whole({
    optional: true,
    max: 5_000,
    description: 'For challenger: share of the people whom it ranks, in hundredths of a percent.',
  })
  challengerBasisPoints?: number;

  @field.text({ max: 500 })
  reason!: string;
}

export class SettleMoveBody {
  @field.text({ optional: true, max: 500 })
  note?: string;
}

export class RollBackSlotBody {
  @field.text({ max: 500 })
  reason!: string;
}

export class RemoteModelBody {
  @field.text({ max: 64 })
  name!: string;

  @field.text({
    min: 8,
    example: 'https://models.example:8443',
    description: 'Scheme, host and port; one that the setting ARBITRATION_MODEL_ADDRESSES allows.',
  })
  baseUrl!: string;

  @field.text({ max: 128, description: 'The model’s name on its server.' })
  remoteName!: string;

  @field.text({ optional: true, max: 64, description: 'Empty for the server’s own choice.' })
  remoteVersion?: string;

  @field.json({ description: 'As of an ONNX model: layout, output, outputColumn, features.' })
  inputSpec!: Record<string, unknown>;

  @field.whole({ optional: true, max: 2_592_000, description: 'How long a kept score is used; a day when left out.' })
  scoreMaxAgeSeconds?: number;
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
