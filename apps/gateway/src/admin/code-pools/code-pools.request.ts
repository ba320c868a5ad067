import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

/** A pool of one provider's codes; provider and organisation stay as they are first put. */
export class CodePoolBody {
  @field.text({ max: 100 })
  name!: string;

  @field.text({ max: 64, description: 'The third party whose codes these are.' })
  providerId!: string;

  @field.text({ max: 256, example: 'hq' })
  orgPath!: string;

  @field.whole({
    optional: true,
    max: 10_000_000,
    description: 'An alarm is raised when fewer codes are left; 0 for only when it is empty.',
  })
  alarmBelowCount?: number;
}

/** A file of codes that is to come. */
export class StartCodeImportBody {
  @field.text({ max: 200 })
  fileName!: string;

  @field.oneOf([',', ';', '\t'], { optional: true, description: 'A comma when left out.' })
  delimiter?: string;

  @field.text({ optional: true, max: 200, description: 'Header of the code’s column; code when left out.' })
  codeColumn?: string;

  @field.text({ optional: true, max: 200, description: 'Header of the column of the secret 卡密; none when left out.' })
  secretColumn?: string;
}

/** Which codes of a pool are withdrawn. */
export class WithdrawCodesBody {
  @field.text({ optional: true, max: 64, description: 'One import, which is over; all of the pool when left out.' })
  importId?: string;

  @field.text({ optional: true, max: 200, description: 'Why; kept with who withdrew them.' })
  reason?: string;
}

export class CodePoolAlarmsQuery extends PageQuery {
  @queryField.text({ max: 64, description: 'One pool; all when left out.' })
  poolId?: string;
}
