import type { RequestKey } from '@tidegate/mongo';
import type { PointOfSale } from '../domain/sale';

/** A benefit as a till names it: by the code it scanned. */
export interface ScannedItem {
  code: string;
  /** 0 for as much as the sale can take. */
  amountMinor: number;
}

/** What a till, or time, may do with benefits. */
export type TillCommand =
  | {
      do: 'hold' | 'redeem';
      request: RequestKey;
      saleId: string;
      items: ScannedItem[];
      sale: PointOfSale;
      /** Nothing is to be done any more: only a repeat is answered. */
      isRepeatOnly?: boolean;
    }
  | { do: 'commit' | 'void'; request: RequestKey; holdId: string; merchantId: string }
  | { do: 'time_out'; holdId: string }
  | {
      do: 'reverse';
      request: RequestKey;
      reversalId: string;
      redemptionId: string;
      merchantId: string;
      storeId: string;
      clerkId: string;
      reason: string;
      /** As above. */
      isRepeatOnly?: boolean;
    };
