import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';

// Goal: a withdrawal on one replica meets decisions on both, and has one right outcome: what was decided before stands, nothing after.

const LANES = 24;
const PEOPLE = 12;
// Whoever was written is read anew for four seconds: only then memory answers.
const SPEAKS_MS = 7_000;
let fixture: ArbitrationFixture;
const people = Array.from({ length: PEOPLE }, (_, index) => `person-${index}`);

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  await fixture.putPolicy({});
  await fixture.putStrategy('welcome', [appAction('hello')]);
  await fixture.putCustomers(people.map((customerId) => ({ customerId })));
});
afterAll(() => fixture?.stop());

it('holds on both replicas for every decision begun after it returned', async () => {
  const withdrawn = new Set<string>();
  const late: (string | undefined)[] = [];
  const early: string[] = [];
  let count = 0;
  const lane = async (replica: number): Promise<void> => {
    for (let round = 0; late.length < LANES * 4; round += 1) {
      const customerId = people[(round + replica) % PEOPLE]!;
      const isLate = withdrawn.has(customerId);
      const { decisions } = await fixture.client(replica).decide({
        requestId: `d-${(count += 1)}`,
        customerId,
        channels: ['app'],
        maxActions: 1,
        isCommitted: true,
        context: undefined,
      });
      const [decision] = decisions;
      if (isLate) late.push(decision?.reason);
      else if (decision?.reason === 'CHOSEN') early.push(decision.decisionId);
    }
  };
  const withdraw = async (): Promise<void> => {
    for (const [index, customerId] of people.entries()) {
      const word = { customerId, purpose: 'marketing', channel: '*', isGranted: false, version: 2 };
      await fixture.client(index % 2).applyConsent(word);
      withdrawn.add(customerId);
    }
  };
  await Promise.all([...Array.from({ length: LANES }, (_, index) => lane(index % 2)), withdraw()]);
  expect(new Set(late)).toEqual(new Set(['CONSENT_MISSING']));
  // Every promise given before is kept, whichever replica gave it.
  const states = await fixture.first.app.get(CustomerStateRepository).findMany(people);
  const promised = new Set([...states.values()].flatMap(({ contacts }) => contacts.map((one) => one.decisionId)));
  for (const decisionId of early) expect(promised.has(decisionId)).toBe(true);
});

it('is heeded by previews from memory on the other replica at once', async () => {
  await fixture.putCustomers([{ customerId: 'seen' }]);
  const preview = async (replica: number) => {
    const request = { requestId: '', customerId: 'seen', channels: ['app'], maxActions: 1, isCommitted: false };
    return (await fixture.client(replica).decide({ ...request, context: undefined })).decisions[0];
  };
  const say = (version: number) =>
    fixture
      .client(0)
      .applyConsent({ customerId: 'seen', purpose: 'marketing', channel: '*', isGranted: version % 2 === 1, version });
  // Asked without a pause, the replicas answer from memory all the time.
  let told: string | null = 'CHOSEN';
  let version = 1;
  const wrong: string[] = [];
  let heeded = 0;
  let isOver = false;
  const endsAtMs = performance.now() + SPEAKS_MS;
  const lane = async (replica: number): Promise<void> => {
    while (!isOver) {
      const [expected, atVersion] = [told, version];
      const reason = (await preview(replica))?.reason;
      if (expected === null || told !== expected || version !== atVersion) continue;
      if (reason === expected) heeded += 1;
      else wrong.push(`version ${atVersion} on replica ${replica}: ${reason}`);
    }
  };
  const speak = async (): Promise<void> => {
    while (performance.now() < endsAtMs) {
      told = null;
      await say(version + 1);
      version += 1;
      told = version % 2 === 1 ? 'CHOSEN' : 'CONSENT_MISSING';
      const before = heeded;
      while (heeded < before + 8 && wrong.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    isOver = true;
  };
  await Promise.all([...[0, 1, 1, 1].map(lane), speak()]);
  expect(wrong).toEqual([]);
});
