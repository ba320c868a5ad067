import { refused } from '@tidegate/errors';
import { isControl } from './list-member';
import { busy, nameListStateAfter, notReady, type DispatchOrder, type NameList } from './name-list';

/** What arbitration takes in one push. */
const PUSH_MEMBERS_MAX = 1_000_000;

/**
 * Begins a dispatch, or goes on with the one that was begun for the same slot. The same request again after the end changes nothing.
 * @throws NAME_LIST_NOT_READY, NAME_LIST_BUSY, NAME_LIST_TOO_LARGE
 */
export function beginDispatch(list: NameList, order: DispatchOrder, now: Date): NameList {
  const { dispatch } = list;
  const isSameSlot =
    dispatch?.capacitySlot === order.capacitySlot && (dispatch?.horizonDays ?? 0) === (order.horizonDays ?? 0);
  if (list.state === 'dispatched' && isSameSlot && dispatch?.requestId === order.requestId) return list;
  if (nameListStateAfter(list.state, 'dispatch') === null || (dispatch !== null && !isSameSlot)) throw notReady(list);
  if (list.job !== null) throw busy(list);
  if (dispatch !== null) return list;
  const handedOver = handedOverCountOf(list);
  if (handedOver > PUSH_MEMBERS_MAX) throw tooLarge(handedOver);
  return { ...list, failureReason: '', dispatch: { ...order, begunAt: now } };
}

/** Members that a dispatch hands over: those who passed, of a split list those whom somebody has, and the control group. */
export const handedOverCountOf = (list: NameList): number =>
  Object.entries(list.screenedCountByReason).reduce(
    (sum, [reason, count]) => sum + (isControl(reason) ? count : 0),
    list.isSplit ? list.placedCount : list.passedCount,
  );

/** Names the push of the dispatch, however often it is handed over. */
export const pushRequestIdOf = ({ listId, abandonedCount = 0 }: NameList): string =>
  abandonedCount === 0 ? `name-list-${listId}` : `name-list-${listId}-again-${abandonedCount}`;

/** From when on contacts with members count; null for a list that is not dispatched. */
export const touchesSince = ({ dispatch, dispatchedAt }: Pick<NameList, 'dispatch' | 'dispatchedAt'>): Date | null =>
  dispatchedAt === null ? null : (dispatch?.begunAt ?? dispatchedAt);

/** Takes back a dispatch that was refused or stopped, and says why, so that another can be begun. */
export const abandonDispatch = (list: NameList, reason: string): NameList =>
  list.state === 'ready' && list.dispatch !== null
    ? { ...list, dispatch: null, failureReason: reason, abandonedCount: (list.abandonedCount ?? 0) + 1 }
    : list;

/** The list once all its passed members are handed over. @throws NAME_LIST_NOT_READY */
export function finishDispatch(list: NameList, pushId: string, now: Date): NameList {
  const state = nameListStateAfter(list.state, 'dispatch');
  if (state === null) throw notReady(list);
  return { ...list, state, pushId, dispatchedAt: now };
}

const tooLarge = (count: number): Error =>
  refused(
    'NAME_LIST_TOO_LARGE',
    `A dispatch hands over at most ${PUSH_MEMBERS_MAX} members; hand a larger list down first.`,
    { count: String(count) },
  );
