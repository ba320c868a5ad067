import { bankCustomerOf } from '../data/bank-file';
import type { World } from '../world';

/** Lines of the campaign whose customers withdraw their consent, and those that complain, before any list is built. */
const WITHDRAWING = { every: 2_400, offset: 700 };
const COMPLAINING = { every: 4_800, offset: 1_900 };

/** Some customers do not want to be called. They belong to the story: the data tells of none. */
export async function customersObject(world: World): Promise<void> {
  const withdrawing = picked(world, WITHDRAWING);
  const complaining = picked(world, COMPLAINING);
  for (const line of withdrawing) {
    const { customerId } = await world.customers.findCustomer(bankCustomerOf(line));
    await world.app(customerId).withdrawConsent('marketing', 'remote_bank', `withdraw:${line}`);
  }
  for (const line of complaining) {
    const { customerId } = await world.customers.findCustomer(bankCustomerOf(line));
    await world.app(customerId).complain('A call at dinner time', `complain:${line}`);
  }
  world.say(`  ${withdrawing.length} withdrew their consent to calls, ${complaining.length} complained`);
}

function picked({ bank }: World, { every, offset }: { every: number; offset: number }): number[] {
  const lines: number[] = [];
  for (let line = bank.historyCount + offset; line <= bank.lineCount; line += every) lines.push(line);
  return lines;
}
