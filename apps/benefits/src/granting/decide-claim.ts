import { createHash } from 'node:crypto';
import { DomainError, refused } from '@tidegate/errors';
import { claim, type ClaimCommand, type Claimed } from '../domain/claim';
import type { Instance } from '../domain/instance';
import type { ClaimBatch } from './claim-batch';
import { isPassingRefusal } from './domain/passing-refusal';

/**
 * Claims what a command asks for on the batch as it stands, all that it asks for or none: the first of them is told. Nothing is changed
 * when it refuses.
 * @throws as the claim rule; CODE_POOL_EMPTY; BUNDLE_EMPTY when nothing of a bundle is left and nothing will be, else why a part is
 * refused for the time being
 */
export function decideClaim(batch: ClaimBatch, command: ClaimCommand, now: Date): Instance {
  const { instanceId: firstId, count = 1 } = command;
  if (count === 1) return decideOne(batch, command, now);
  const undo = batch.savepoint();
  try {
    const first = decideOne(batch, command, now);
    for (const instanceId of unitIdsOf(firstId, count).slice(1)) decideOne(batch, { ...command, instanceId }, now);
    return first;
  } catch (error) {
    undo();
    throw error;
  }
}

/** Ids of instances that are claimed together: the first has the id of the claim. */
export const unitIdsOf = (instanceId: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    index === 0 ? instanceId : derivedId('unit', instanceId, String(index)),
  );

/** A bundle is opened into its parts, all of them or what is left. */
function decideOne(batch: ClaimBatch, command: ClaimCommand, now: Date): Instance {
  const state = batch.stateOf(command, now);
  const claimed = claim(state, command, now);
  batch.requireSupply(command.stockId);
  if (state.stock.kind !== 'bundle') {
    batch.apply(command, claimed);
    return claimed.instance;
  }
  const { bundleStockIds, isBundleWhole } = state.stock;
  let passing: DomainError | undefined;
  const parts: { taker: { stockId: string; customerId: string }; claimed: Claimed }[] = [];
  for (const stockId of bundleStockIds) {
    const part = { ...command, stockId, instanceId: derivedId('bundle', command.instanceId, stockId) };
    try {
      const fromInstanceId = command.instanceId;
      const claimedPart = claim(batch.stateOf(part, now), { fromInstanceId, ...part }, now);
      batch.requireSupply(
        stockId,
        parts.map(({ taker }) => taker.stockId),
      );
      parts.push({ taker: part, claimed: claimedPart });
    } catch (error) {
      if (isBundleWhole || !(error instanceof DomainError)) throw error;
      if (isPassingRefusal(error.reason)) passing ??= error;
    }
  }
  if (parts.length === 0) throw passing ?? refused('BUNDLE_EMPTY', 'Nothing of this bundle is left.');
  batch.apply(command, claimed);
  for (const part of parts) batch.apply(part.taker, part.claimed);
  return claimed.instance;
}

/** The same bundle always opens into the same instances, as the same claim always makes the same. */
const derivedId = (kind: 'bundle' | 'unit', instanceId: string, name: string): string =>
  createHash('sha256').update(`${kind}|${instanceId}|${name}`).digest('base64url').slice(0, 32);
