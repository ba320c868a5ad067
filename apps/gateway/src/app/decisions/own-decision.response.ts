import type * as rpc from '@tidegate/contracts/arbitration/v1/arbitration';
import { shown } from '../../http/shown';

export class OwnDecisionAnswer implements rpc.ExplainDecisionResponse {
  @shown.text() decisionId!: string;
  @shown.time() decidedAt!: Date | undefined;
  @shown.text('What was offered; empty when nothing was.') title!: string;
  @shown.text('Where; empty when nothing was offered.') channel!: string;
  @shown.texts('Why the customer sees it, or why nothing was offered.') why!: string[];
  @shown.texts('Rules that were respected.') rules!: string[];
  @shown.texts('How to switch it off.') switchOff!: string[];
}
