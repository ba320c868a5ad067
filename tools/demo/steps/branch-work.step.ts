import { branchSeats, OUTFLOW } from '../cast';
import { waitUntil } from '../measure/wait-until';
import { SeatFloor, setSeats } from '../seat-floor';
import type { World } from '../world';

/** What customers answer at the branch is in no data set: these belong to the story. */
const ANSWERS = ['interested', 'not_interested', 'no_answer', 'interested'] as const;

/** Branch seats work the leads of large outflows to the end. */
export async function workBranchLeads(world: World): Promise<void> {
  const chosen = await chosenCountOf(world, OUTFLOW.strategyId);
  let next = 0;
  const floor = new SeatFloor(world, branchSeats, () => {
    next += 1;
    return { disposition: ANSWERS[next % ANSWERS.length] ?? 'no_answer' };
  });
  try {
    await setSeats(world, branchSeats, 'available', 'branch');
    await Promise.race([waitUntilClosed(world, chosen), floor.failed]);
    await setSeats(world, branchSeats, 'away', 'branch-end');
  } finally {
    await floor.close();
  }
  world.journal.put('branch-leads', chosen);
  world.say(`  ${chosen} leads worked by ${branchSeats.length} branch seats`);
}

async function chosenCountOf(world: World, strategyId: string): Promise<number> {
  const rows = await world.review.listFunnel();
  return rows.filter((row) => row.strategyId === strategyId).reduce((sum, { chosen }) => sum + chosen, 0);
}

const waitUntilClosed = (world: World, leadCount: number): Promise<number> =>
  waitUntil(`${leadCount} closed leads of the branches`, async () => {
    const { countByDisposition } = await world.review.getLeadReport(OUTFLOW.strategyId);
    const closed = Object.values(countByDisposition).reduce((sum, value) => sum + value, 0);
    const isThere = closed >= leadCount;
    return isThere ? { isThere, value: closed } : { isThere, state: `${closed} closed` };
  });
