import { field } from '../../http/field';

export class ClaimRequest {
  @field.text({ optional: true, max: 64, description: 'The decision that offered it, when there is one.' })
  decisionId?: string;
}

export class CodeRequest {
  @field.flag({ optional: true, description: 'Also make a number to type in where the code cannot be scanned.' })
  withNumber?: boolean;
}

export class TransferRequest {
  @field.text({ max: 64, description: 'Who gets it.' })
  toCustomerId!: string;
}
