import type * as rpc from '@tidegate/contracts/benefits/v1/definitions';
import { shown } from '../../http/shown';

/** What every rule, programme, campaign and mission has beside its terms; these never change. */
export class Definition implements rpc.Definition {
  @shown.text() definitionId!: string;
  @shown.text() name!: string;
  @shown.text() orgPath!: string;
  @shown.time() validFrom!: Date | undefined;
  @shown.time() validTo!: Date | undefined;
  @shown.text('One of: draft, active, retired.') state!: string;
  @shown.text('Who made it; somebody else must approve it. Hidden from customers.') makerId!: string;
  @shown.text('Who approved it; empty for a draft. Hidden from customers.') checkerId!: string;
  @shown.time() createdAt!: Date | undefined;
}
