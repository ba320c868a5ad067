import { setTimeout as sleep } from 'node:timers/promises';
import type { IngestEventsResponse } from '@tidegate/contracts/customers/v1/customers';
import type { OpenEvent } from './data/berka-events';
import type { Json } from './http/json';
import { chunksOf } from './measure/bounded';
import type { Pace } from './measure/progress';
import { EVENT_BATCH, EVENTS_PER_SECOND } from './plan';
import type { World } from './world';

const SLOWER = 1.5;
const FASTER = 0.98;
const INTERVAL_MAX_MS = 4_000;

/** Tells events in their order at a steady pace, slower while the platform says that it is busy. */
export async function tellPaced(world: World, label: string, events: readonly OpenEvent[]): Promise<Pace> {
  const progress = world.progress(label, events.length);
  const wantedMs = (1000 * EVENT_BATCH) / EVENTS_PER_SECOND;
  let intervalMs = wantedMs;
  let nextAt = Date.now();
  for (const batch of chunksOf(events, EVENT_BATCH)) {
    const waitMs = nextAt - Date.now();
    if (waitMs > 0) await sleep(waitMs);
    nextAt = Date.now() + intervalMs;
    const busyBefore = world.client.busyCount;
    requireAccepted(await world.open.tell(batch), batch.length);
    const wasBusy = world.client.busyCount > busyBefore;
    intervalMs = wasBusy ? Math.min(INTERVAL_MAX_MS, intervalMs * SLOWER) : Math.max(wantedMs, intervalMs * FASTER);
    progress.add(batch.length);
  }
  return progress.end();
}

/** @throws Error when an event was not taken, neither now nor before */
export function requireAccepted(answer: Json<IngestEventsResponse>, count: number): void {
  const [first] = answer.refused;
  if (first !== undefined) throw new Error(`Event ${first.id} was refused: ${first.reason} ${first.message}`);
  const taken = answer.acceptedCount + answer.duplicateCount;
  if (taken !== count) throw new Error(`${taken} of ${count} events were taken.`);
}
