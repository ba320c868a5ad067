import { Injectable } from '@nestjs/common';
import {
  decodePageToken,
  decodeTimeToken,
  encodePageToken,
  pageSize,
  pageTokenInvalid,
  tokenTime,
} from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import type { Instance, TakenBack } from '../../domain/instance';
import {
  expiresInSeconds,
  isEnded,
  summarize,
  WALLET_GROUPS,
  WALLET_PARTS,
  type GroupSummary,
  type WalletGroupName,
} from '../../domain/wallet-group';
import { InstanceRepository } from '../../repositories/instance.repository';
import type { ListWalletInput } from './list-wallet.request';

/** One group of a wallet with its totals and a page of it. */
export interface WalletGroup {
  group: WalletGroupName;
  count: number;
  values: { currency: string; amountMinor: number }[];
  items: { instance: Instance; expiresInSeconds: number }[];
  nextPageToken: string;
}

export interface Wallet {
  instances: Instance[];
  nextPageToken: string;
  countByState: Record<string, number>;
  serverTime: Date;
  groups: WalletGroup[];
  /** Of those shown; for staff only. */
  takenBack: ({ instanceId: string } & TakenBack)[];
  /** There are more than were counted. */
  isCut: boolean;
}

/** One customer's wallet by expiry with its totals: as one list, soonest to expire first, or in groups. */
@Injectable()
export class ListWalletUseCase {
  constructor(
    private readonly instances: InstanceRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws PAGE_TOKEN_INVALID, also for the token of another group */
  async execute(input: ListWalletInput, { kind }: Pick<Actor, 'kind'>): Promise<Wallet> {
    const now = this.clock.now();
    const page = input.group ? { instances: [], nextPageToken: '' } : await this.list(input);
    const { counted, isCut } = await this.instances.listCounted(input.customerId);
    const countByState: Record<string, number> = {};
    for (const { state } of counted) countByState[state] = (countByState[state] ?? 0) + 1;
    const summaries = summarize(counted, now);
    const names = input.group === 'all' ? WALLET_GROUPS : WALLET_GROUPS.filter((group) => group === input.group);
    const groups = await Promise.all(
      names.map((group) => {
        const summary = summaries.get(group)!;
        // What was left out of the counts may be of any group.
        return this.showGroup(group, { ...summary, isEmpty: summary.count === 0 && !isCut }, input, now);
      }),
    );
    const shown = [...page.instances, ...groups.flatMap(({ items }) => items.map(({ instance }) => instance))];
    const takenBack = kind === 'staff' ? shown.flatMap(takenBackOf) : [];
    return { ...page, countByState, serverTime: now, groups, takenBack, isCut };
  }

  private async list(input: ListWalletInput): Promise<{ instances: Instance[]; nextPageToken: string }> {
    const limit = limitOf(input);
    const token = decodeTimeToken(input.pageToken);
    const instances = await this.instances.listWallet(input.customerId, {
      limit,
      state: input.state || undefined,
      after: token && { expiresAt: token.at, instanceId: token.id },
    });
    return { instances, nextPageToken: tokenAfter(instances, limit) };
  }

  private async showGroup(
    group: WalletGroupName,
    { count, values, isEmpty }: GroupSummary & { isEmpty: boolean },
    input: ListWalletInput,
    now: Date,
  ): Promise<WalletGroup> {
    const limit = limitOf(input);
    const after = afterOf(group, input);
    const page = { now, limit, isLatestFirst: isEnded(group), after };
    // An empty group is not asked for.
    const instances = isEmpty ? [] : await this.instances.listParts(input.customerId, WALLET_PARTS[group], page);
    return {
      group,
      count,
      values: [...values].map(([currency, amountMinor]) => ({ currency, amountMinor })),
      items: instances.map((instance) => ({ instance, expiresInSeconds: expiresInSeconds(instance, now) })),
      nextPageToken: tokenAfter(instances, limit, group),
    };
  }
}

const takenBackOf = ({ instanceId, takenBack }: Instance): Wallet['takenBack'] =>
  takenBack ? [{ instanceId, ...takenBack }] : [];

const limitOf = (input: ListWalletInput): number => pageSize(input.pageSize, { max: 200, fallback: 50 });

function tokenAfter(instances: Instance[], limit: number, ...group: string[]): string {
  const last = instances.length === limit ? instances.at(-1) : undefined;
  return last ? encodePageToken([last.expiresAt.toISOString(), last.instanceId, ...group]) : '';
}

/** Where a page of a group begins; a token is good for the group that it was given with. */
function afterOf(
  group: WalletGroupName,
  { pageToken }: ListWalletInput,
): { expiresAt: Date; instanceId: string } | undefined {
  if (!pageToken) return undefined;
  const [expiry, instanceId = '', of] = decodePageToken(pageToken) ?? [];
  if (of !== group) throw pageTokenInvalid();
  return { expiresAt: tokenTime(expiry), instanceId };
}
