import { barRows } from '../charts/bar-rows';
import { count, money, rateText, seconds, words } from '../format';
import { markup, type Markup } from '../markup';
import { PALETTE } from '../palette';
import type { FlashSaleFacts, StoryFacts, WalletFacts } from '../story-facts';
import { note, part, section, table } from './section';

export const walletSection = ({ flashSale, wallet }: StoryFacts): Markup =>
  section(
    'Digital benefits wallet',
    '数字权益',
    `${count(flashSale.callers)} customers who are active in the app called for ${count(flashSale.stock)} red packets of ${money(
      flashSale.faceValueMinor,
      flashSale.currency,
    )}: ${count(flashSale.calls)} calls, ${count(flashSale.concurrency)} at once, ${rateText(
      flashSale.calls - flashSale.earlyCalls - flashSale.repeats,
      flashSale.seconds,
    )} in the rush of ${seconds(flashSale.seconds)}. Some called before the start second, some twice with the same key.`,
    [
      part('Flash sale', '红包抢购', saleChart(flashSale)),
      note(
        markup`No data set tells who uses an app. Active in the app is, for this story, whoever the first bank reaches by mobile phone, is 45 or younger and keeps 1,000 or more, and whoever the second bank sees lately and often: ${count(
          flashSale.audience,
        )} customers by the rule <code>${JSON.stringify(flashSale.rule)}</code>.`,
      ),
      part('Gifts and redemptions', '转送与核销', walletTable(wallet, flashSale.currency)),
      part('Wrong uses that were refused', '拒绝', refusals(wallet)),
    ],
  );

const saleChart = (sale: FlashSaleFacts): Markup =>
  barRows('Calls of the flash sale', [
    { label: 'Claimed 领取', value: sale.claimed, text: count(sale.claimed), color: PALETTE.arbitration },
    ...Object.entries(sale.refusedByReason)
      .sort((a, b) => b[1] - a[1])
      .map(([reason, value]) => ({
        label: `${words(reason)} 拒绝`,
        value,
        text: count(value),
        color: PALETTE.stopped,
      })),
    {
      label: 'Repeats with the same answer 重复',
      value: sale.repeats,
      text: count(sale.repeats),
      color: PALETTE.random,
    },
  ]);

const walletTable = (wallet: WalletFacts, currency: string): Markup =>
  table(
    ['What', 'How many'],
    [
      ['Gifts offered 转送发出', count(wallet.giftsOffered)],
      ['Gifts accepted 转送接收', count(wallet.giftsAccepted)],
      ['Gifts taken back 转送撤回', count(wallet.giftsTakenBack)],
      ['Redemptions 核销', count(wallet.redemptionCount)],
      ['… of which held, then committed 预占后确认', count(wallet.heldAndCommitted)],
      ['Holds voided 撤销', count(wallet.voided)],
      ['Amount redeemed 核销金额', money(wallet.redemptionAmountMinor, currency)],
    ],
  );

const refusals = ({ refusals: byReason }: WalletFacts): Markup =>
  table(
    ['Reason', 'How many'],
    Object.entries(byReason).map(([reason, value]) => [words(reason), count(value)]),
  );
