import type * as rpc from '@tidegate/contracts/merchants/v1/productivity';
import { shown } from '../../http/shown';

export class Circle implements rpc.Circle {
  @shown.text() circleId!: string;
  @shown.text() name!: string;
  @shown.text() orgPath!: string;
}

export class PutCircleResponse implements rpc.PutCircleResponse {
  @shown.part(() => Circle) circle!: Circle | undefined;
}

export class ListCirclesResponse implements rpc.ListCirclesResponse {
  @shown.parts(() => Circle) circles!: Circle[];
  @shown.text() nextPageToken!: string;
}

export class ProductivityRow implements rpc.ProductivityRow {
  @shown.text('An organisation path or a circle.') key!: string;
  @shown.whole('1 for the best; equal values share a rank.') rank!: number;
  @shown.whole('With a transaction, a redemption or a follow there, each natural person once.') customerCount!: number;
  @shown.whole('Merchants with a transaction or a redemption.') activeMerchantCount!: number;
  @shown.whole() transactionCount!: number;
  @shown.whole('Who follows at the end of the month.') fanCount!: number;
  @shown.whole('Without those that were reversed.') redemptionCount!: number;
}

export class ListProductivityResponse implements rpc.ListProductivityResponse {
  @shown.text('ISO month.') month!: string;
  @shown.parts(() => ProductivityRow) rows!: ProductivityRow[];
  @shown.text() nextPageToken!: string;
  @shown.flag('There are more units than the 20000 that a table is of; the others are not in it.') isCut!: boolean;
}
