import type * as rpc from '@tidegate/contracts/customers/v1/customers';
import { shown } from '../../http/shown';

export class Tag implements rpc.Tag {
  @shown.text() tag!: string;
  @shown.text() value!: string;
  @shown.text('rule, import, expert, model.') source!: string;
  @shown.time() validUntil!: Date | undefined;
  @shown.time() refreshedAt!: Date | undefined;
}

/** The state of one purpose × channel. */
export class Consent implements rpc.Consent {
  @shown.text() purpose!: string;
  @shown.text() channel!: string;
  @shown.flag() isGranted!: boolean;
  @shown.time() changedAt!: Date | undefined;
  @shown.flag('Another profile of the same person refuses: that holds for this one too.') isOfPerson!: boolean;
}

export class Rfm implements rpc.Rfm {
  @shown.whole('Quintiles 1..5, 5 is best.') recency!: number;
  @shown.whole() frequency!: number;
  @shown.whole() monetary!: number;
  @shown.time() computedAt!: Date | undefined;
}

export class Customer implements rpc.Customer {
  @shown.text() customerId!: string;
  @shown.text() externalId!: string;
  @shown.text("Masked unless the caller's role may read it.") name!: string;
  @shown.text() phone!: string;
  @shown.time() birthDate!: Date | undefined;
  @shown.text() orgPath!: string;
  @shown.text('first_contact, honeymoon, mature, at_risk, lapsed, won_back.') stage!: string;
  @shown.json() attributes!: Record<string, unknown> | undefined;
  @shown.parts(() => Tag) tags!: Tag[];
  @shown.parts(() => Consent) consents!: Consent[];
  @shown.flag('A complaint of this profile, or of another of the same person, is open.') hasComplaintHold!: boolean;
  @shown.part(() => Rfm) rfm!: Rfm | undefined;
  @shown.whole('Grows with every change.') version!: number;
  @shown.time() createdAt!: Date | undefined;
  @shown.text('Of the natural person: profiles of one person share it, and its control groups.') personKey!: string;
}

export class GetCustomerResponse implements rpc.GetCustomerResponse {
  @shown.part(() => Customer) customer!: Customer | undefined;
  @shown.texts('Other profiles of the same natural person, of the own organisation.') otherCustomerIds!: string[];
}

export class ListCustomersResponse implements rpc.ListCustomersResponse {
  @shown.parts(() => Customer) customers!: Customer[];
  @shown.text() nextPageToken!: string;
}

export class SetTagResponse implements rpc.SetTagResponse {
  @shown.part(() => Customer) customer!: Customer | undefined;
}

export class AssignOwnerResponse implements rpc.AssignOwnerResponse {
  @shown.part(() => Customer) customer!: Customer | undefined;
}
