import type { Instance, InstanceState } from './instance';
import { isUsedByClaim } from './stock';

/** Where a benefit of a wallet is, for its holder; in the order an app shows them. */
export const WALLET_GROUPS = ['available', 'held', 'on_way', 'used', 'expired'] as const;
export type WalletGroupName = (typeof WALLET_GROUPS)[number];

/** Instances of one state; `alive` ones are before their date, `past` ones after it. */
export interface WalletPart {
  state: InstanceState;
  when?: 'alive' | 'past';
}

/**
 * What a group is made of: each instance is in exactly one. One past its date is expired also before the sweep came by; what
 * was taken back (`void`) or came back too late (`reversed`) ended without use like what expired.
 */
export const WALLET_PARTS: Record<WalletGroupName, readonly WalletPart[]> = {
  available: [{ state: 'issued', when: 'alive' }],
  held: [{ state: 'held' }],
  on_way: [{ state: 'gifting' }],
  used: [{ state: 'redeemed' }, { state: 'transferred' }],
  expired: [{ state: 'expired' }, { state: 'issued', when: 'past' }, { state: 'void' }, { state: 'reversed' }],
};

/** A group that has ended shows its latest first; the others what ends soonest. */
export const isEnded = (group: WalletGroupName): boolean => group === 'used' || group === 'expired';

/** The part of an instance that decides where it counts. */
export type Counted = Pick<Instance, 'kind' | 'state' | 'expiresAt' | 'faceValueMinor' | 'remainingMinor' | 'currency'>;

export function groupOf({ state, expiresAt }: Pick<Instance, 'state' | 'expiresAt'>, now: Date): WalletGroupName {
  const when = expiresAt > now ? 'alive' : 'past';
  const found = WALLET_GROUPS.find((group) =>
    WALLET_PARTS[group].some((part) => part.state === state && (part.when ?? when) === when),
  );
  if (!found) throw new Error(`state ${state} is in no group`);
  return found;
}

export interface GroupSummary {
  count: number;
  /**
   * By currency, minor units: what is left of what may be used still, else the face value. An opened bundle and credited points have
   * none: it is in their parts, and in the points.
   */
  values: Map<string, number>;
}

/** Counts and values of every group, also of empty ones. */
export function summarize(instances: readonly Counted[], now: Date): Map<WalletGroupName, GroupSummary> {
  const summaries = new Map<WalletGroupName, GroupSummary>(
    WALLET_GROUPS.map((group) => [group, { count: 0, values: new Map() }]),
  );
  for (const instance of instances) {
    const group = groupOf(instance, now);
    const { values } = summaries.get(group)!;
    summaries.get(group)!.count += 1;
    if (isUsedByClaim(instance.kind)) continue;
    const amountMinor = isEnded(group) ? instance.faceValueMinor : instance.remainingMinor;
    values.set(instance.currency, (values.get(instance.currency) ?? 0) + amountMinor);
  }
  return summaries;
}

/** Whole seconds that a holder may still use it; 0 for what cannot be used any more. */
export const expiresInSeconds = (instance: Pick<Instance, 'state' | 'expiresAt'>, now: Date): number =>
  isEnded(groupOf(instance, now)) ? 0 : Math.max(0, Math.floor((instance.expiresAt.getTime() - now.getTime()) / 1000));
