import type * as rpc from '@tidegate/contracts/campaigns/v1/campaigns';
import type { Rule } from '@tidegate/rules';
import type { Action } from '../domain/action';

/** A rule as a google.protobuf.Struct; undefined when there is none. */
export const toStruct = (rule: Rule | null): Record<string, unknown> | undefined =>
  rule === null ? undefined : { ...rule };

export const toActionMessage = (action: Action): rpc.Action => ({
  ...action,
  eligibility: toStruct(action.eligibility),
  applicability: toStruct(action.applicability),
  suitability: toStruct(action.suitability),
});
