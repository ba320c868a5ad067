import type * as rpc from '@tidegate/contracts/campaigns/v1/campaigns';
import type { NameList, NameListMember } from '../domain/name-list';

export function toNameListMessage({ build: _build, dispatch: _dispatch, ...list }: NameList): rpc.NameList {
  return list;
}

export const toMemberMessage = (member: NameListMember): rpc.NameListMember => ({
  ...member,
  isPassed: member.reason === '',
});
