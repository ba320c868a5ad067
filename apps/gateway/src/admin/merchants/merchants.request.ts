import { field } from '../../http/field';

export class MerchantBody {
  @field.text({ max: 100 })
  name!: string;

  @field.text({ max: 256, example: 'hq', description: 'The organisation that acquired it.' })
  orgPath!: string;

  @field.oneOf(['active', 'suspended'], { optional: true, description: 'active when left out.' })
  state?: string;

  @field.text({ optional: true, max: 64 })
  settlementAccount?: string;
}

export class StoreBody {
  @field.text({ max: 100 })
  name!: string;

  @field.decimal({ min: -180, max: 180 })
  longitude!: number;

  @field.decimal({ min: -90, max: 90 })
  latitude!: number;

  @field.flag({ optional: true, description: 'True when left out.' })
  isOpen?: boolean;
}

export class ClerkBody {
  @field.text({ max: 100 })
  name!: string;

  @field.flag({ optional: true, description: 'True when left out.' })
  isActive?: boolean;
}

export class MerchantKeyBody {
  @field.text({ max: 4_096, description: 'Ed25519 public key, PEM (SPKI).' })
  publicKeyPem!: string;
}
