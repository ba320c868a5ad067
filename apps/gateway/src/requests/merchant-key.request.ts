import { field } from '../http/field';

export class KeyRotationBody {
  @field.text({ max: 64, description: 'The id of the new key.' })
  newKeyId!: string;

  @field.text({ max: 4_096, description: 'Ed25519 public key, PEM (SPKI).' })
  publicKeyPem!: string;

  @field.whole({ max: 2_592_000, description: 'How long the old key stays valid beside the new one.' })
  overlapSeconds!: number;
}
