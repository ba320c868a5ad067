import { isAtOrBelow } from '@tidegate/org-path';

/** Attribute of a customer that names the person who looks after him. */
export const OWNER_ATTRIBUTE = 'ownerId';

/** A member of a name list as he was when the list was frozen. */
export interface ListMember {
  customerId: string;
  externalId: string;
  /** Reason code of why the customer was screened out; empty when passed. */
  reason: string;
  orgPath: string;
  /** Values of the list's relation attributes, in their order; the owner's is the first. Empty for none. */
  relations: string[];
}

/**
 * Whether those who may read the list may read of the member. Lists of before customers of another organisation were left out hold them,
 * screened out.
 */
export const isOfList = ({ orgPath }: Pick<ListMember, 'orgPath'>, list: { orgPath: string }): boolean =>
  orgPath === '' || isAtOrBelow(orgPath, list.orgPath);

/** Whether arbitration decides about a member: those who passed, and the control group 对照组, recorded without a contact. */
export const isHandedOver = (reason: string): boolean => reason === '' || isControl(reason);

export const isControl = (reason: string): boolean => reason.startsWith('HOLDOUT_');
