import type { Customer } from '@tidegate/contracts/customers/v1/customers';
import { shown } from '../../http/shown';
import { Consent } from '../../responses/customers/customer.response';

/** The own data of a customer; what the bank concludes about him is not part of it. */
export class OwnProfile {
  @shown.text() customerId!: string;
  @shown.text() externalId!: string;
  @shown.text() name!: string;
  @shown.text() phone!: string;
  @shown.time() birthDate!: Date | undefined;
  @shown.parts(() => Consent) consents!: Consent[];
  @shown.flag('An open complaint stops all promotion.') hasComplaintHold!: boolean;
  @shown.time() createdAt!: Date | undefined;
}

export class OwnProfileAnswer {
  @shown.part(() => OwnProfile) profile!: OwnProfile | undefined;
}

export const toOwnProfile = (customer: Customer): OwnProfile => ({
  customerId: customer.customerId,
  externalId: customer.externalId,
  name: customer.name,
  phone: customer.phone,
  birthDate: customer.birthDate,
  consents: customer.consents,
  hasComplaintHold: customer.hasComplaintHold,
  createdAt: customer.createdAt,
});
