import { pathToFileURL } from 'node:url';
import type { RunStory, StoryContext } from '../up/story';
import { storyFacts } from './facts/story.facts';
import { waitForReview } from './facts/wait-for-review';
import { consoleReport } from './report/console-report';
import { writeReport } from './report/write-report';
import { workBranchLeads } from './steps/branch-work.step';
import { workCampaign } from './steps/campaign.step';
import { setContactPolicy } from './steps/contact-policy.step';
import { importCustomers } from './steps/customers.step';
import { sellRedPackets } from './steps/flash-sale.step';
import { giveGifts } from './steps/gifts.step';
import { tellHistory } from './steps/history.step';
import { readInboxes } from './steps/inbox.step';
import { setUpModels } from './steps/model.step';
import { setUpOrganisation } from './steps/organisation.step';
import { customersObject } from './steps/privacy.step';
import { redeemAtStores } from './steps/redemptions.step';
import { settleMerchants } from './steps/settlement.step';
import { publishStrategies } from './steps/strategies.step';
import { computeRfm, tellTransactions } from './steps/transactions.step';
import { World } from './world';

interface Step {
  name: string;
  title: string;
  play: (world: World) => Promise<void>;
}

const STEPS: readonly Step[] = [
  { name: 'organisation', title: 'The bank, its seats and merchants', play: setUpOrganisation },
  { name: 'contact-policy', title: 'Contact policy and capacity', play: setContactPolicy },
  { name: 'customers', title: 'Customers of two banks', play: importCustomers },
  { name: 'models', title: 'Propensity models', play: setUpModels },
  { name: 'strategies', title: 'Strategies by four eyes', play: publishStrategies },
  { name: 'history', title: 'The history teaches the model', play: tellHistory },
  { name: 'privacy', title: 'Some customers object', play: customersObject },
  { name: 'campaign', title: 'The term-deposit campaign, window by window', play: workCampaign },
  { name: 'events', title: 'Holdings and transactions, moments of truth', play: tellTransactions },
  { name: 'rfm', title: 'RFM', play: computeRfm },
  { name: 'branch-work', title: 'Branches work their leads', play: workBranchLeads },
  { name: 'inbox', title: 'Customers read their messages', play: readInboxes },
  { name: 'flash-sale', title: 'Flash sale of red packets', play: sellRedPackets },
  { name: 'gifts', title: 'Gifts', play: giveGifts },
  { name: 'redemptions', title: 'Redemptions at the stores', play: redeemAtStores },
  { name: 'settlement', title: 'Settlement', play: settleMerchants },
];

/**
 * Plays the demo story over the public API and writes its report. What was played before is not played again: a story that was cut
 * goes on, and a finished one only reads its facts anew.
 * @throws Error when a step fails, or when the facts do not agree
 */
export const runStory: RunStory = async (context: StoryContext): Promise<void> => {
  const world = new World(context);
  const startedAt = performance.now();
  try {
    await play(world);
    await waitForReview(world);
    world.journal.finish(new Date());
    const facts = await storyFacts(world, world.journal.finishedAt ?? '');
    const { htmlFile, jsonFile } = writeReport(context.outDir, facts);
    for (const line of consoleReport(facts)) console.log(line);
    console.log('');
    world.say(`The story took ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
    world.say(`Report: ${pathToFileURL(htmlFile).href}`);
    world.say(`Facts:  ${jsonFile}`);
  } finally {
    await world.client.close();
  }
};

async function play(world: World): Promise<void> {
  const { journal } = world;
  if (journal.finishedAt !== null) {
    world.say(`The story was played ${journal.finishedAt}; its facts are read anew`);
    return;
  }
  for (const [index, { name, title, play: playStep }] of STEPS.entries()) {
    const number = `${index + 1}/${STEPS.length}`;
    if (journal.isDone(name)) world.say(`${number} ${title}: done before`);
    else world.say(`${number} ${title}`);
    try {
      await journal.step(name, () => playStep(world));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(`The story stopped at "${title}". ${message}\nStart it again to go on from there.`, {
        cause: error,
      });
    }
  }
}
