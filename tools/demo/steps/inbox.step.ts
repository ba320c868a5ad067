import { transactionEvents } from '../data/berka-events';
import { momentThresholds, SALARY_OPERATION } from '../data/moment-thresholds';
import { waitUntil } from '../measure/wait-until';
import type { World } from '../world';

const READERS = 12;
/** Of the readers, every third opens what the message offers. */
const CLICKING_EVERY = 3;

/** Some customers open the app and read what came of their salary. */
export async function readInboxes(world: World): Promise<void> {
  const readers = paidCustomers(world).slice(0, READERS);
  let marked = 0;
  for (const [index, externalId] of readers.entries()) {
    const { customerId } = await world.customers.findCustomer(externalId);
    const app = world.app(customerId);
    const messages = await waitUntil(`message for ${externalId}`, async () => {
      const inbox = await app.listInbox();
      const isThere = inbox.messages.length > 0;
      return isThere ? { isThere, value: inbox.messages } : { isThere, state: 'the inbox is empty' };
    });
    const mark = index % CLICKING_EVERY === 0 ? 'clicked' : 'read';
    for (const { messageId } of messages) {
      await app.markMessage(messageId, mark, `mark:${messageId}`);
      marked += 1;
    }
  }
  world.journal.put('messages-marked', marked);
  world.say(`  ${readers.length} customers read ${marked} messages`);
}

/** Customers in the order of their first large salary. */
function paidCustomers({ berka }: World): string[] {
  const { salaryMinor } = momentThresholds(berka.transactions);
  const paid = transactionEvents(berka).filter(
    ({ data }) => data.operation === SALARY_OPERATION && Number(data.amountMinor) >= salaryMinor,
  );
  return [...new Set(paid.map(({ subject }) => subject))];
}
