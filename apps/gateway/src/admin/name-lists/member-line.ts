import type { NameListMember } from '@tidegate/contracts/campaigns/v1/campaigns';
import { csvLine } from '../../http/csv-reply';

/** Columns of the file of a list's members. */
export const MEMBER_COLUMNS = [
  'customer_id',
  'external_id',
  'is_passed',
  'reason',
  'agent_id',
  'placed_by',
  'unplaced_reason',
  'placed_at',
  'touched_at',
  'recalled_from',
  'handed_to_org_path',
] as const;

export const memberLine = (member: NameListMember): string =>
  csvLine([
    member.customerId,
    member.externalId,
    member.isPassed,
    member.reason,
    member.agentId,
    member.placedBy,
    member.unplacedReason,
    member.placedAt,
    member.touchedAt,
    member.recalledFrom.join(' '),
    member.handedToOrgPath,
  ]);
