import { Mongo } from '@tidegate/mongo';
import { eventually } from '@tidegate/testing';
import { Bank } from './testing/bank';
import type { HttpCaller } from './testing/http-caller';
import { middayZone } from './testing/midday';
import { stockBody } from './testing/stock';
import type { MessageView } from './testing/views';
import { WalletPeople } from './testing/wallet-people';

// Goal: a reminder of an expiring benefit keeps to the gate as every contact does: it waits for the morning, comes to who allows it, and no more often than
// service messages may: of two the second comes on the next day; what does not come is kept with the reason.

jest.setTimeout(300_000);

const WAIT = { timeoutMs: 90_000 };
const HOUR_MS = 3_600_000;
const SERVICES = ['gateway', 'customers', 'campaigns', 'arbitration', 'delivery', 'benefits', 'merchants'];
/** Put forward in this order: who tells of a reminder comes after those who judge it. */
const CLOCKS = ['arbitration', 'delivery', 'benefits'];
const LIMIT = { scope: 'overall', key: '', maxCount: 1, windowDays: 1, window: 'calendar', purpose: 'service' };
/** The story begins at noon; the vouchers end at midnight after three days more. */
const QUIET = { channel: 'app', fromMinute: 22 * 60, toMinute: 8 * 60, isQuietOnHolidays: false, mode: 'queue' };
const VALID_SECONDS = 84 * 3_600;
const [NIGHT_MS, MORNING_MS, NEXT_MORNING_MS] = [13 * HOUR_MS, 21 * HOUR_MS, 45 * HOUR_MS];
type Name = 'ida' | 'jon' | 'kim';
interface DeliveryView {
  customerId: string;
  decisionId: string;
  state: string;
  stoppedReason: string;
}

let bank: Bank;
let admin: HttpCaller;
let people: WalletPeople<Name>;

beforeAll(async () => {
  bank = await Bank.withClocks(SERVICES);
  admin = await bank.staff('adam', ['admin']);
  for (const orgPath of ['hq', 'hq/east']) await admin.put('/admin/v1/org-units', { orgPath, name: orgPath });
  const { policy } = await admin.get<{ policy: object }>('/admin/v1/contact-policy');
  const rules = { limits: [LIMIT], quietHours: [QUIET], suppressions: [], timeZone: middayZone() };
  await admin.put('/admin/v1/contact-policy', { ...policy, ...rules });
  people = await WalletPeople.join(bank, admin, ['ida', 'jon', 'kim']);
  for (const name of ['ida', 'kim'] as const) await say(name, true);
  for (const stockId of ['tea', 'cake']) {
    await admin.post('/admin/v1/stocks', stockBody(stockId, { reminderLeadDays: [3], validForSeconds: VALID_SECONDS }));
  }
  await begun();
});
afterAll(() => bank?.stop());

/** The wallet reminds of what comes to be due after its first look: the clocks are not put forward before it. */
async function begun(): Promise<void> {
  const mongo = await Mongo.connect((await bank.platform.endpoints()).mongodbUri, 'tidegate_benefits');
  const cursors = mongo.connection.collection('reminder_cursors');
  await eventually(async () => expect(await cursors.countDocuments({ _id: 3 as never })).toBe(1), WAIT);
  await mongo.close();
}
const say = (name: Name, isGranted: boolean): Promise<unknown> =>
  people.apps[name].post('/app/v1/consents', {
    purpose: 'service',
    channel: 'app',
    isGranted,
    evidence: 'app, switch',
  });
const appOf = (name: Name): Promise<HttpCaller> => bank.customer(people.ids[name]);
const inboxOf = async (name: Name): Promise<MessageView[]> =>
  (await (await appOf(name)).get<{ messages: MessageView[] }>('/app/v1/inbox')).messages;
const deliveries = async (): Promise<string[]> => {
  const found = (await admin.get<{ deliveries: DeliveryView[] }>('/admin/v1/deliveries')).deliveries;
  const nameOf = (id: string): string => Object.entries(people.ids).find(([, known]) => known === id)?.[0] ?? id;
  return found.map(({ customerId, state, stoppedReason }) => `${nameOf(customerId)} ${state} ${stoppedReason}`).sort();
};

it('waits for the morning, is one a day, and comes to who allows it', async () => {
  for (const name of ['ida', 'jon', 'kim'] as const) await people.claim(name, 'tea');
  await people.claim('ida', 'cake');
  for (const service of CLOCKS) bank.clocks.set(service, NIGHT_MS);
  await eventually(
    async () =>
      expect(await deliveries()).toEqual([
        'ida pending ',
        'ida pending ',
        'jon stopped CONSENT_MISSING',
        'kim pending ',
      ]),
    WAIT,
  );
  for (const name of ['ida', 'kim'] as const) expect(await inboxOf(name)).toEqual([]);
  await say('kim', false);
  for (const service of CLOCKS) bank.clocks.set(service, MORNING_MS);
  await eventually(
    async () =>
      expect(await deliveries()).toEqual([
        'ida delivered ',
        'ida pending ',
        'jon stopped CONSENT_MISSING',
        'kim stopped CONSENT_MISSING',
      ]),
    WAIT,
  );
  const unread = { decisionId: '', state: 'unread' };
  expect(await inboxOf('ida')).toMatchObject([unread]);
  for (const service of CLOCKS) bank.clocks.set(service, NEXT_MORNING_MS);
  await eventually(async () => expect(await inboxOf('ida')).toMatchObject([unread, unread]), WAIT);
  for (const name of ['jon', 'kim'] as const) expect(await inboxOf(name)).toEqual([]);
});
