import { TERM_DEPOSIT } from '../cast';
import { bankCustomerOf } from '../data/bank-file';
import type { OpenEvent } from '../data/berka-events';
import { chunksOf } from '../measure/bounded';
import { waitUntil } from '../measure/wait-until';
import { HISTORY_BATCH } from '../plan';
import { requireAccepted } from '../tell-events';
import type { World } from '../world';

/** Tells the outcomes of the bank's history in the file's order, and waits until the model has learnt them. */
export async function tellHistory(world: World): Promise<void> {
  const { bank, open, journal } = world;
  const progress = world.progress('outcomes of the history told', bank.historyCount);
  const lines = Array.from({ length: bank.historyCount }, (_, i) => i + 1);
  for (const batch of chunksOf(lines, HISTORY_BATCH)) {
    // One after the other: the order in which outcomes are learnt is the order of time.
    requireAccepted(await open.tell(batch.map((line) => outcomeEvent(line, bank.hasSubscribed(line)))), batch.length);
    progress.add(batch.length);
  }
  journal.put('load:history', { what: 'Outcomes of the history', ...progress.end() });
  await waitUntilLearnt(world, bank.historyCount);
}

/** The file names no year, so the event names no time: only the order counts. */
function outcomeEvent(line: number, hasSubscribed: boolean): OpenEvent {
  return {
    specversion: '1.0',
    id: `history-${line}`,
    source: 'urn:bank-marketing:history',
    type: TERM_DEPOSIT.historyFactType,
    subject: bankCustomerOf(line),
    data: { actionId: TERM_DEPOSIT.actionId, outcome: hasSubscribed ? 'converted' : 'rejected' },
  };
}

/** Waits until the champion has learnt so many outcomes. */
export async function waitUntilLearnt(world: World, lessonCount: number): Promise<void> {
  await waitUntil(`model that has learnt ${lessonCount} outcomes`, async () => {
    const { outcomeCount } = await world.arbitration.getModelReport(TERM_DEPOSIT.modelSlot);
    if (outcomeCount > lessonCount) {
      throw new Error(`The model has learnt ${outcomeCount} outcomes, more than the ${lessonCount} that were told.`);
    }
    const isThere = outcomeCount === lessonCount;
    return isThere ? { isThere, value: outcomeCount } : { isThere, state: `${outcomeCount} learnt` };
  });
}
