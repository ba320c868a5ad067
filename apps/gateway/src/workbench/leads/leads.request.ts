import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

const LEAD_STATES = ['scheduled', 'waiting', 'offered', 'accepted', 'call_back', 'closed'];
const DISPOSITIONS = [
  'converted',
  'interested',
  'not_interested',
  'no_answer',
  'wrong_number',
  'complaint',
  'call_back',
];

export class LeadsQuery extends PageQuery {
  @queryField.text({ max: 64 })
  queue?: string;

  @queryField.text({ max: 64 })
  seatId?: string;

  @queryField.text({ max: 64 })
  customerId?: string;

  @queryField.oneOf(LEAD_STATES)
  state?: string;
}

export class AcceptLeadBody {
  @field.text({ max: 64 })
  seatId!: string;
}

export class DeclineLeadBody extends AcceptLeadBody {
  @field.text({ optional: true, max: 200 })
  reason?: string;
}

export class DispositionBody extends AcceptLeadBody {
  @field.oneOf(DISPOSITIONS)
  disposition!: string;

  @field.text({ optional: true, max: 1_000 })
  note?: string;

  @field.time({ optional: true, description: 'call_back only: within the next 30 days.' })
  callBackAt?: Date;
}

export class HandOverBody extends AcceptLeadBody {
  @field.text({ max: 64 })
  toQueue!: string;

  @field.text({ optional: true, max: 64, description: 'Preferred there when it is free.' })
  toSeatId?: string;

  @field.text({ optional: true, max: 1_000 })
  note?: string;
}

export class ReleaseBody {
  @field.text({ optional: true, max: 1_000, description: 'Why; kept as the lead’s note.' })
  note?: string;

  @field.time({
    optional: true,
    description: 'Of a call-back: when it is due instead, within the next 30 days. The lead ends when left out.',
  })
  callBackAt?: Date;
}
