import { DomainError } from '@tidegate/errors';
import { aCardTransaction } from '../../points/testing/points-rule.factory';
import { DAY_MS, type RequestTo } from './model-state';
import { ACCURACY_METRES } from './model-hunt';
import { FRIENDS, HUNT, huntPoint, OFFERS, PROGRAMME } from './programmes';
import type { Sender, Senders } from './sender';

const exchange: Sender<'buy' | 'sell'> = async (request, { clients, names, requestId }) => {
  const given = request.do === 'sell' ? names.owned(request.instance) : undefined;
  const customer = given?.customerId ?? names.real((request as RequestTo<'buy'>).customer);
  const whose = { customerId: customer, instanceId: '', instanceIds: given ? [given.instanceId] : [] };
  const answer = (await clients.exchanges.exchange({ requestId, offerId: OFFERS[request.do], ...whose })).exchange!;
  if (answer.state === 'open') throw notYet();
  if (request.do === 'sell') return names.told(request, answer, 'sold');
  names.own(request.id, request.customer, answer.gotInstanceId);
  return names.told(request, answer, 'bought');
};

/** An exchange whose other side was crowded out is open: asked again, it goes on. */
const notYet = () => new DomainError({ code: 'ABORTED', reason: 'EXCHANGE_OPEN', message: 'Not settled yet.' });

/** What moves points. */
export const POINTS: Senders<'earn' | 'unearn' | 'buy' | 'sell' | 'sign_in' | 'make_up' | 'find' | 'join'> = {
  earn: async (request, { clients, names, requestId }) => {
    const { amount: amountMinor, at } = request;
    const paid = { transactionId: requestId, customerId: names.real(request.customer), amountMinor };
    const transactions = [aCardTransaction({ ...paid, occurredAt: new Date(at) })];
    const [{ entry } = { entry: undefined }] = (await clients.points.earnPoints({ requestId, transactions })).results;
    return names.told(request, entry, `earned ${entry!.points}, has ${entry!.balanceAfter}`);
  },
  unearn: async (request, { clients, names, requestId }) => {
    const whose = { customerId: names.real(request.customer), transactionId: names.real(request.earning) };
    const reversals = [{ ...whose, reason: 'refunded' }];
    const [{ entry } = { entry: undefined }] = (await clients.points.reversePoints({ requestId, reversals })).results;
    const { points, shortPoints, balanceAfter } = entry!;
    return names.told(request, entry, `took ${0 - points}, short ${shortPoints}, has ${balanceAfter}`);
  },
  buy: exchange,
  sell: exchange,
  sign_in: async (request, { clients, names, requestId }) => {
    const who = { programmeId: PROGRAMME, customerId: names.real(request.customer) };
    const { status } = await clients.signIns.signIn({ requestId, ...who });
    return names.told(request, status, `streak ${status!.streakDays}, cards ${status!.makeUpCards}`);
  },
  make_up: async (request, { clients, names, requestId }) => {
    const day = new Date(request.day * DAY_MS).toISOString().slice(0, 10);
    const who = { programmeId: PROGRAMME, customerId: names.real(request.customer), day };
    const { status } = await clients.signIns.makeUpSignIn({ requestId, ...who });
    return names.told(request, status, `streak ${status!.streakDays}, cards ${status!.makeUpCards}`);
  },
  find: async (request, { clients, names, requestId }) => {
    const who = { huntId: HUNT, customerId: names.real(request.customer) };
    names.challenges[request.id] ??= clients.hunts.issueHuntChallenge(who).then(({ challenge }) => challenge);
    const challenge = await names.challenges[request.id]!;
    const { longitude, latitude, pointId } = huntPoint(request.point);
    const measured = { accuracyMetres: ACCURACY_METRES, measuredAt: new Date(request.at), isMocked: false };
    const position = { longitude, latitude, ...measured };
    const answer = await clients.hunts.claimHuntPoint({ requestId, ...who, pointId, challenge, position });
    return names.told(request, answer, 'found');
  },
  join: async (request, { clients, names, requestId }) => {
    const host = { customerId: names.real(request.host), deviceId: names.real(`device-of-${request.host}`) };
    const invite = { requestId: names.real(`invite-${request.host}`), campaignId: FRIENDS, ...host };
    names.invites[request.host] ??= clients.fission.createInvite(invite).then(({ code }) => code);
    const code = await names.invites[request.host]!;
    const guest = { customerId: names.real(request.guest), deviceId: names.real(`device-of-${request.guest}`) };
    return names.told(request, await clients.fission.acceptInvite({ requestId, code, ...guest }), 'joined');
  },
};
