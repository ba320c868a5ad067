import { CAKE, owe } from './model-rewards';
import { profilesOf, refuseIf, sumOf, type ModelState, type RequestTo } from './model-state';

/** Guests that one person may invite, and those for whom he is rewarded. */
export const GUESTS_MAX = 2;
export const REWARDED_GUESTS_MAX = 1;

/** A guest comes for the first time: his host is rewarded, if he may be, and he himself, which nobody looks at. */
export function join(state: ModelState, request: RequestTo<'join'>): string {
  const { id, host, guest } = request;
  const [reason] = reasonsAgainst(state, request);
  refuseIf(reason !== undefined, reason ?? '');
  state.joined[guest] = host;
  const rewarded = sumOf(profilesOf(state, host).map((profile) => state.rewardedGuests[profile] ?? 0));
  if (rewarded >= REWARDED_GUESTS_MAX) return 'joined';
  state.rewardedGuests[host] = (state.rewardedGuests[host] ?? 0) + 1;
  owe(state, id, [{ customer: host, stock: CAKE }]);
  return 'joined';
}

/** Everything for which an invitation may be refused. */
export function reasonsAgainst(state: ModelState, { host, guest }: RequestTo<'join'>): string[] {
  const [hosts, guests] = [profilesOf(state, host), profilesOf(state, guest)];
  const invited = Object.values(state.joined).filter((inviter) => hosts.includes(inviter)).length;
  return [
    ...(hosts.includes(guest) ? ['INVITE_TO_SELF'] : []),
    ...(guests.some((profile) => profile in state.joined) ? ['INVITER_FIXED'] : []),
    ...(invited >= GUESTS_MAX ? ['INVITE_LIMIT_REACHED'] : []),
  ];
}
