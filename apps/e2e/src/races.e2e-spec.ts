import { eventually } from '@tidegate/testing';
import { Bank } from './testing/bank';
import { fileLine, FILE_HEADER } from './testing/bank-file';
import { readAll, type Answer, type HttpCaller, type Problem } from './testing/http-caller';
import type { DecisionView, PushView } from './testing/views';

// Goal: two who act on the same thing at once, each through the public API, come to one right outcome, and everybody sees the same one.
// Method: many rounds of two calls at once; then what both were answered is held against what is in force.

const WAIT = { timeoutMs: 60_000 };
const STRATEGIES = 6;
const CUSTOMERS = 400;
const PUSHES = 2;
const COMPLAINTS = 12;
const WITHDRAWERS = 4;
const WITHDRAWALS = 3;

interface StrategyView {
  version: number;
  state: string;
  reviewedBy: string;
  contentHash: string;
}
type Answered = Answer<Problem & { strategy: StrategyView }>;

const SERVICES = ['gateway', 'customers', 'campaigns', 'arbitration', 'merchants', 'delivery'];

let bank: Bank;
let admin: HttpCaller;
let maker: HttpCaller;
let chen: HttpCaller;
let lin: HttpCaller;
/** Customers that the import brought, in the order of the file. */
let customerIds: string[];

const at = (index: number): string => `/admin/v1/strategies/race-${index}`;
const title = (index: number, version: number): string => `Race ${index} as of ${version}`;
const putAction = (index: number, version: number): Promise<unknown> => {
  const terms = { issue: 'growth', group: 'deposits', purpose: 'marketing', currency: 'CNY', orgPath: 'hq' };
  const treatments = [{ channel: 'app', title: title(index, version) }];
  return maker.put(`/admin/v1/actions/race-${index}`, { ...terms, name: 'Race', valueMinor: 1, treatments });
};
const contentOf = (index: number): object => ({
  name: `Race ${index}`,
  orgPath: 'hq',
  segmentId: 'everybody',
  actionIds: [`race-${index}`],
});
const strategyOf = async (index: number): Promise<StrategyView> =>
  (await maker.get<{ strategy: StrategyView }>(at(index))).strategy;
const submit = async (index: number): Promise<string> =>
  (await maker.post<{ strategy: StrategyView }>(`${at(index)}/submit`)).strategy.contentHash;
const approve = (by: HttpCaller, index: number, contentHash: string): Promise<Answered> =>
  by.ask('POST', `${at(index)}/approve`, { body: { contentHash, comment: 'as agreed' } });
const move = (by: HttpCaller, index: number, name: string): Promise<Answered> =>
  by.ask('POST', `${at(index)}/move`, { body: { move: name } });
const eachStrategy = (each: (index: number) => Promise<void>): Promise<unknown> =>
  Promise.all(Array.from({ length: STRATEGIES }, (_, index) => each(index)));
const isDone = ({ status }: Answered): boolean => status >= 200 && status < 300;
const NOT_ALLOWED = { status: 422, body: { reason: 'STRATEGY_MOVE_NOT_ALLOWED' } };

/** What the first customer would be shown of everything that is in force. */
const untilOffered = async (expected: string[]): Promise<void> => {
  const app = await bank.customer(customerIds[0]!);
  await eventually(async () => {
    const { actions } = await app.post<{ actions: { title: string }[] }>('/app/v1/next-best-actions', {
      isCommitted: false,
      maxActions: 10,
    });
    expect(actions.map((action) => action.title).sort()).toEqual([...expected].sort());
  }, WAIT);
};

beforeAll(async () => {
  bank = await Bank.open({}, SERVICES);
  admin = await bank.staff('anna', ['admin']);
  maker = await bank.staff('max', ['maker']);
  chen = await bank.staff('chen', ['checker']);
  lin = await bank.staff('lin', ['checker']);
  const people = Array.from({ length: CUSTOMERS }, (_, index) => ({
    externalId: `r-${index}`,
    balance: 1_000,
    orgPath: 'hq/east',
  }));
  const lines = people.map((person, index) => fileLine(index, person));
  await bank.importFile(admin, 'races.csv', [FILE_HEADER, ...lines].join('\n'), [
    { purpose: 'marketing', channel: '*' },
  ]);
  const known = await bank.customers(admin);
  customerIds = people.map(({ externalId }) => known.get(externalId)!.customerId);
  const { policy } = await admin.get<{ policy: object }>('/admin/v1/contact-policy');
  const open = { limits: [], quietHours: [], suppressions: [], globalHoldoutBasisPoints: 0 };
  await admin.put('/admin/v1/contact-policy', { ...policy, ...open });
  await maker.put('/admin/v1/segments/everybody', { name: 'Everybody', rule: { all: [] }, orgPath: 'hq' });
});
afterAll(() => bank?.stop());

describe('two checkers at once', () => {
  it('publish a draft once: one of them, the other is told that it is no longer in review', async () => {
    await eachStrategy(async (index) => {
      await putAction(index, 1);
      await maker.post('/admin/v1/strategies', { strategyId: `race-${index}`, ...contentOf(index) });
      const contentHash = await submit(index);
      const answers = await Promise.all([approve(chen, index, contentHash), approve(lin, index, contentHash)]);
      const winners = ['chen', 'lin'].filter((_, place) => isDone(answers[place]!));
      expect([index, winners.length]).toEqual([index, 1]);
      expect(answers.find((answer) => !isDone(answer))).toMatchObject(NOT_ALLOWED);
      expect(await strategyOf(index)).toMatchObject({ state: 'published', version: 1, reviewedBy: winners[0] });
      const { versions } = await maker.get<{ versions: StrategyView[] }>(`${at(index)}/versions`);
      expect(versions).toHaveLength(1);
    });
    await untilOffered(Array.from({ length: STRATEGIES }, (_, index) => title(index, 1)));
  });

  it('cannot both have it when one approves and the other rejects', async () => {
    await eachStrategy(async (index) => {
      await putAction(index, 2);
      await maker.put(at(index), { ...contentOf(index), version: 1 });
      const contentHash = await submit(index);
      const body = { comment: 'not yet' };
      const [approved, rejected] = await Promise.all([
        approve(chen, index, contentHash),
        lin.ask<Problem & { strategy: StrategyView }>('POST', `${at(index)}/reject`, { body }),
      ]);
      expect([index, isDone(approved)]).toEqual([index, !isDone(rejected)]);
      expect(isDone(approved) ? rejected : approved).toMatchObject(NOT_ALLOWED);
      const { version, state, reviewedBy } = await strategyOf(index);
      expect([version, state, reviewedBy]).toEqual(isDone(approved) ? [2, 'published', 'chen'] : [2, 'draft', 'lin']);
    });
  });
});

describe('a publication and a pause at once', () => {
  it('leave what was live paused, whichever came first, in the version that was approved', async () => {
    await eachStrategy(async (index) => {
      await putAction(index, 3);
      const { version } = await strategyOf(index);
      await maker.put(at(index), { ...contentOf(index), version });
      const contentHash = await submit(index);
      const answers = await Promise.all([approve(chen, index, contentHash), move(maker, index, 'pause')]);
      expect([index, ...answers.map(isDone)]).toEqual([index, true, true]);
      expect(await strategyOf(index)).toMatchObject({ state: 'paused', version: version + 1, reviewedBy: 'chen' });
    });
    await untilOffered([]);
    await eachStrategy(async (index) => expect(isDone(await move(lin, index, 'resume'))).toBe(true));
    await untilOffered(Array.from({ length: STRATEGIES }, (_, index) => title(index, 3)));
  });

  it('of a first version: it is paused, or the pause came too early and is told so', async () => {
    const live: string[] = Array.from({ length: STRATEGIES }, (_, index) => title(index, 3));
    await Promise.all(
      [0, 1, 2, 3].map(async (place) => {
        const index = STRATEGIES + place;
        await putAction(index, 1);
        await maker.post('/admin/v1/strategies', { strategyId: `race-${index}`, ...contentOf(index) });
        const contentHash = await submit(index);
        const [approved, paused] = await Promise.all([approve(chen, index, contentHash), move(lin, index, 'pause')]);
        expect(isDone(approved)).toBe(true);
        if (!isDone(paused)) expect(paused).toMatchObject(NOT_ALLOWED);
        expect(await strategyOf(index)).toMatchObject({ version: 1, state: isDone(paused) ? 'paused' : 'published' });
        if (!isDone(paused)) live.push(title(index, 1));
      }),
    );
    await untilOffered(live);
  });
});

describe('a consent that is withdrawn while offers are asked for', () => {
  it('keeps every answer empty that was asked for after the withdrawal was answered', async () => {
    const consent = (isGranted: boolean): object => ({
      purpose: 'marketing',
      channel: '*',
      isGranted,
      evidence: 'app',
    });
    await Promise.all(
      customerIds.slice(1, 1 + WITHDRAWERS).map(async (customerId) => {
        const app = await bank.customer(customerId);
        const ask = async (isCommitted: boolean): Promise<number> =>
          (await app.post<{ actions: unknown[] }>('/app/v1/next-best-actions', { isCommitted })).actions.length;
        for (let round = 0; round < WITHDRAWALS; round += 1) {
          await eventually(async () => expect(await ask(true)).toBe(1), WAIT);
          let isWithdrawn = false;
          const late: number[] = [];
          const lane = async (isCommitted: boolean): Promise<void> => {
            while (late.length < 6) {
              const isAfter = isWithdrawn;
              const count = await ask(isCommitted);
              if (isAfter) late.push(count);
            }
          };
          const asking = Promise.all([lane(true), lane(true), lane(false)]);
          await app.post('/app/v1/consents', consent(false));
          isWithdrawn = true;
          await asking;
          expect([round, ...new Set(late)]).toEqual([round, 0]);
          await app.post('/app/v1/consents', consent(true));
        }
      }),
    );
  });
});

describe('a complaint that is opened while a push runs', () => {
  const decisionsOf = async (customerId: string, pushIds: readonly string[]): Promise<DecisionView[]> => {
    const path = `/admin/v1/decisions?customerId=${customerId}`;
    const { decisions } = await admin.get<{ decisions: DecisionView[] }>(path);
    return decisions.filter(({ pushId }) => pushIds.includes(pushId));
  };

  it('holds for every decision after its answer, and nothing goes out that was not decided before', async () => {
    const pushIds: string[] = [];
    const decidedBefore = new Map<string, string[]>();
    for (let round = 0; round < PUSHES; round += 1) {
      const { push } = await maker.post<{ push: PushView }>('/admin/v1/pushes', { strategyId: `race-${round}` });
      const { pushId } = push!;
      pushIds.push(pushId);
      const complain = async (customerId: string): Promise<void> => {
        await admin.post(`/admin/v1/customers/${customerId}/complaints`, { subject: 'too many offers' });
        const decisions = await decisionsOf(customerId, [pushId]);
        decidedBefore.set(
          customerId,
          decisions.map(({ reason }) => reason),
        );
      };
      const angry = customerIds.slice(10 + round * COMPLAINTS, 10 + (round + 1) * COMPLAINTS);
      const members = { sequence: 0, customerIds, isLast: true };
      const first = Promise.all(angry.slice(0, 5).map(complain));
      await maker.post(`/admin/v1/pushes/${pushId}/members`, members);
      await first;
      for (const customerId of angry.slice(5)) await complain(customerId);
      await eventually(async () => {
        const { push: now } = await maker.get<{ push: PushView }>(`/admin/v1/pushes/${pushId}`);
        expect(now).toMatchObject({ state: 'completed', decidedCount: CUSTOMERS });
      }, WAIT);
      for (const customerId of angry) {
        const before = decidedBefore.get(customerId)!;
        const reasons = (await decisionsOf(customerId, [pushId])).map(({ reason }) => reason);
        expect([customerId, reasons]).toEqual([customerId, before.length > 0 ? before : ['COMPLAINT_HOLD']]);
      }
    }
    const chosen = new Set<string>();
    for (const pushId of pushIds) {
      const path = `/admin/v1/pushes/${pushId}/decisions?pageSize=1000`;
      const decisions = await readAll<{ decisionId: string; isChosen: boolean }>(maker, path, 'decisions');
      for (const { decisionId, isChosen } of decisions) if (isChosen) chosen.add(decisionId);
    }
    await eventually(async () => {
      const sent = await readAll<{ decisionId: string }>(admin, '/admin/v1/deliveries?pageSize=200', 'deliveries');
      expect(sent.map(({ decisionId }) => decisionId).sort()).toEqual([...chosen].sort());
    }, WAIT);
  });
});
