import type { Transaction } from '@tidegate/mongo';
import type { JobHold } from '@tidegate/service';
import { startPush, type Push } from '../domain/push';
import type { PushPartRepository } from '../repositories/push-part.repository';
import { NOW } from '../testing/decision.factory';
import type { ModelRegistry } from './model-registry';
import type { PushContexts } from './push-context';
import { PushPlanner } from './push-planner';
import type { PushScorer } from './push-scorer';

// Goal: shortlists that name candidates which their strategy has no more are not planned from.

const push: Push = {
  ...startPush(
    { pushId: 'p-1', strategyId: 's-1', listId: 'l-1', capacitySlot: '', terms: { limits: [], costs: [] } },
    NOW,
  ),
  ...{ state: 'running', nextSequence: 1, candidateKeys: ['old|app|'], scoredBlocks: 1 },
};

it.each(['score', 'allocate'] as const)(
  'prices a push anew when its strategy has other candidates: %s',
  async (step) => {
    const contexts = { of: async () => ({ keys: ['new|app|'] }) } as unknown as PushContexts;
    // Nothing of it is asked.
    const nothing = {} as unknown;
    const planner = new PushPlanner(
      nothing as PushPartRepository,
      contexts,
      nothing as PushScorer,
      nothing as ModelRegistry,
    );
    const next = await planner[step](push, nothing as JobHold<Push>);
    expect(await next(push, nothing as Transaction)).toEqual({ ...push, stage: 'pricing' });
  },
);
