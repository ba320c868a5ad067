import { endsTheSameHoweverTold } from '@tidegate/testing';
import { aStory } from './event.factory';
import { startReview } from './review.harness';

endsTheSameHoweverTold(
  async () => {
    const service = await startReview();
    return { service, events: aStory(), stop: () => service.stop() };
  },
  {
    leaves: { main: ['facts', 'intake'] },
    // The number of the transaction that stored it.
    unlike: { facts: ['seq'], intake: ['seq'] },
  },
);
