import type * as rpc from '@tidegate/contracts/merchants/v1/till_actions';
import { shown } from '../../http/shown';

/** What a till may see of a decision: neither whose it is nor why. */
export class TillAction implements rpc.TillAction {
  @shown.text('Report outcomes with it; empty of a preview.') decisionId!: string;
  @shown.text() actionId!: string;
  @shown.text() title!: string;
  @shown.text('Says nothing of the customer.') body!: string;
  @shown.text('A stock that the customer may claim from in the app; may be empty.') benefitStockId!: string;
}

export class AskNextBestActionsResponse implements rpc.AskNextBestActionsResponse {
  @shown.parts(() => TillAction, 'Best first; empty when nothing is to be offered.') actions!: TillAction[];
  @shown.time('The till may ask for this redemption or hold before this moment; absent for a code.') askedUntil!:
    Date | undefined;
}

export class RecordTillOutcomeResponse implements rpc.RecordTillOutcomeResponse {
  @shown.texts('In the order they were recorded.') outcomes!: string[];
}
