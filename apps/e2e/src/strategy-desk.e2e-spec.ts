import type { Strategy } from '@tidegate/contracts/campaigns/v1/campaigns';
import type {
  CheckCopyResponse,
  CheckStrategyResponse,
  DiffStrategyVersionsResponse,
  DraftCopyResponse,
  DraftFromTemplateResponse,
  ListWordListsResponse,
} from '@tidegate/contracts/campaigns/v1/strategy_desk';
import { eventually } from '@tidegate/testing';
import type { Json } from '../../../tools/demo/http/json';
import { Bank } from './testing/bank';
import { fileCustomer, fileLine, FILE_HEADER } from './testing/bank-file';
import type { HttpCaller } from './testing/http-caller';
import { StandIn, type Asked } from './testing/stand-in';
import { stockBody } from './testing/stock';
import type { DecisionView } from './testing/views';

// Goal: a strategy is made, mended, approved, changed, taken back and ended by those who may, and customers are offered what is in force.

const WAIT = { timeoutMs: 60_000 };
const WAVES = 'waves';
const FIRST_WAVE = `${WAVES}-wave-1000`;
const GIFT = 'wave-gift';
const MONTH_MS = 30 * 86_400_000;
const at = `/admin/v1/strategies/${WAVES}`;
const later = (ms: number): string => new Date(Date.now() + ms).toISOString();

type StrategyView = Json<Strategy>;
type Check = Json<CheckStrategyResponse>;
type Diff = Json<DiffStrategyVersionsResponse>;
type Draft = Json<DraftFromTemplateResponse>;

let model: StandIn;
/** What the language model was asked, and what it says next. */
let asked: Asked[];
let drafts: string[];
const SERVICES = ['gateway', 'customers', 'campaigns', 'arbitration', 'merchants', 'benefits', 'leads'];

let bank: Bank;
let admin: HttpCaller;
let maker: HttpCaller;
let checker: HttpCaller;
let app: HttpCaller;
let draft: Draft;

beforeAll(async () => {
  model = await StandIn.start((request) => {
    asked.push(request);
    return { choices: [{ message: { role: 'assistant', content: drafts.shift() } }] };
  });
  const copyModel = { COPY_MODEL_URL: `${model.origin}/v1`, COPY_MODEL_NAME: 'qwen', COPY_MODEL_KEY: 'key-1' };
  bank = await Bank.open(copyModel, SERVICES);
  admin = await bank.staff('anna', ['admin']);
  // Both roles in one person: the rule is about persons, not roles.
  maker = await bank.staff('max', ['maker', 'checker'], 'hq/east');
  checker = await bank.staff('chen', ['checker'], 'hq/east');
  const customer = fileCustomer(0);
  const consents = [{ purpose: 'marketing', channel: '*' }];
  await bank.importFile(admin, 'one.csv', [FILE_HEADER, fileLine(0, customer)].join('\n'), consents);
  app = await bank.customer((await bank.customers(admin)).get(customer.externalId)!.customerId);
  const { policy } = await admin.get<{ policy: object }>('/admin/v1/contact-policy');
  const open = { limits: [], quietHours: [], suppressions: [], globalHoldoutBasisPoints: 0 };
  await admin.put('/admin/v1/contact-policy', { ...policy, ...open });
  await admin.put('/admin/v1/queues/wave-desk', { name: 'Waves', channel: 'remote_bank', orgPath: 'hq/east' });
  for (const orgPath of ['hq', 'hq/east']) await admin.put('/admin/v1/org-units', { orgPath, name: orgPath });
  await admin.post('/admin/v1/stocks', stockBody(GIFT, { orgPath: 'hq/east' }));
});
afterAll(() => Promise.all([bank?.stop(), model?.stop()]));

const blockingOf = async (): Promise<string[]> => {
  const { findings } = await maker.get<Check>(`${at}/findings`);
  return findings.filter(({ isBlocking }) => isBlocking).map(({ field, code }) => `${code} ${field}`);
};
/** What the customer is shown, with the version it is of. */
async function shown(): Promise<string[]> {
  const { actions } = await app.post<{ actions: { decisionId: string; title: string }[] }>('/app/v1/next-best-actions');
  const said: string[] = [];
  for (const { decisionId, title } of actions) {
    const { decision } = await admin.get<{ decision: DecisionView }>(`/admin/v1/decisions/${decisionId}`);
    said.push(`${decision.strategyId} ${decision.strategyVersion} ${title}`);
  }
  return said;
}
const untilShown = (...expected: string[]): Promise<void> =>
  eventually(async () => expect(await shown()).toEqual(expected), { ...WAIT, everyMs: 100 });
const submit = async (): Promise<string> =>
  (await maker.post<{ strategy: StrategyView }>(`${at}/submit`)).strategy.contentHash;
const move = (by: HttpCaller, name: string): Promise<{ strategy: StrategyView }> =>
  by.post<{ strategy: StrategyView }>(`${at}/move`, { move: name });
/** The action of the first wave as it is written down, with other words in the app. */
function firstWave(title: string, scriptId: string): object {
  const action = draft.actions.find(({ actionId }) => actionId === FIRST_WAVE)!;
  const { actionId: _id, version: _version, eligibility: _none, suitability: _neither, ...body } = action;
  const treatments = action.treatments.map((treatment) => ({
    ...treatment,
    ...(treatment.channel === 'app' && { title }),
    ...(treatment.channel === 'remote_bank' && { scriptId }),
  }));
  return { ...body, treatments };
}
/** What a maker sends of the strategy that was read. */
function content(strategy: StrategyView, changes: object): object {
  const { version, name, orgPath, segmentId, actionIds, channels, scenario, productId, evaluationPlan } = strategy;
  return { version, name, orgPath, segmentId, actionIds, channels, scenario, productId, evaluationPlan, ...changes };
}

describe('a template', () => {
  it('becomes a working draft in one call', async () => {
    const { templates } = await maker.get<{ templates: { templateId: string; idea: string }[] }>(
      '/admin/v1/strategy-templates',
    );
    expect(templates.find(({ templateId }) => templateId === 'honeymoon-waves')?.idea).toContain('蜜月期');
    const order = { strategyId: WAVES, orgPath: 'hq/east', queue: 'wave-desk', benefitStockId: GIFT, currency: 'CNY' };
    draft = await maker.post<Draft>('/admin/v1/strategy-templates/honeymoon-waves/drafts', {
      ...order,
      endsAt: later(MONTH_MS),
    });
    expect(draft.strategy).toMatchObject({
      state: 'draft',
      version: 1,
      createdBy: 'max',
      segmentId: `${WAVES}-segment`,
    });
    expect(draft.actions.map(({ actionId }) => actionId)).toEqual(draft.strategy!.actionIds);
    const again = await maker.refused('POST', '/admin/v1/strategy-templates/honeymoon-waves/drafts', { body: order });
    expect([again.status, again.reason]).toEqual([409, 'STRATEGY_EXISTS']);
  });

  it('is not reviewed before every finding is mended, each named where it is', async () => {
    await maker.put(`/admin/v1/actions/${FIRST_WAVE}`, firstWave('千元活跃', ''));
    const findings = [
      'SEGMENT_EMPTY strategy.segmentId',
      'SCRIPT_MISSING strategy.actionIds.0.treatments.2',
      ...[0, 1, 2].flatMap((action) =>
        [0, 1, 2].map((place) => `BENEFIT_ENDS_BEFORE_STRATEGY strategy.actionIds.${action}.treatments.${place}`),
      ),
    ];
    expect((await blockingOf()).sort()).toEqual([...findings].sort());
    const refusal = await maker.refused('POST', `${at}/submit`, { body: {} });
    expect([refusal.status, refusal.reason]).toEqual([422, 'STRATEGY_INCOMPLETE']);
    const named = refusal.violations!.map(({ field, description }) => `${description.split(':')[0]} ${field}`);
    expect(named.sort()).toEqual([...findings].sort());

    await maker.put(`/admin/v1/actions/${FIRST_WAVE}`, firstWave('千元活跃', `${WAVES}-honeymoon-call`));
    const mature = { field: 'stage', op: 'eq', value: 'mature' };
    await maker.put(`/admin/v1/segments/${WAVES}-segment`, { name: 'Everybody', rule: mature, orgPath: 'hq/east' });
    const plan = { ...draft.strategy!.evaluationPlan, reviewAt: later(MONTH_MS) };
    // It ends before its gift does, and has no control group in which our one customer might be.
    const mended = content(draft.strategy!, { endsAt: later(30 * 60_000), evaluationPlan: plan });
    await maker.put(at, mended);
    const check = await maker.get<Check>(`${at}/findings`);
    expect(check).toMatchObject({ version: 2, audienceCount: 1, isReady: true });
    expect(check.findings).toMatchObject([{ code: 'EVALUATION_WITHOUT_CONTROL', isBlocking: false }]);
  });
});

describe('a review', () => {
  it('is of nothing that its maker has taken back', async () => {
    const contentHash = await submit();
    expect((await checker.refused('POST', `${at}/withdraw`, { body: {} })).reason).toBe('ROLE_MISSING');
    expect(await maker.post(`${at}/withdraw`)).toMatchObject({ strategy: { state: 'draft', version: 2 } });
    const refusal = await checker.refused('POST', `${at}/approve`, { body: { contentHash } });
    expect(refusal).toMatchObject({ status: 422, reason: 'STRATEGY_MOVE_NOT_ALLOWED' });
  });

  it('is another person’s of the same organisation, and what he approves is offered', async () => {
    const contentHash = await submit();
    const refusal = async (who: HttpCaller): Promise<[number, string]> => {
      const { status, reason } = await who.refused('POST', `${at}/approve`, { body: { contentHash } });
      return [status, reason];
    };
    expect(await refusal(maker)).toEqual([422, 'APPROVER_IS_MAKER']);
    expect(await refusal(await bank.staff('wen', ['checker'], 'hq/west'))).toEqual([403, 'ORG_OUT_OF_SCOPE']);
    expect(await refusal(await bank.staff('mia', ['maker'], 'hq/east'))).toEqual([403, 'ROLE_MISSING']);
    expect(await shown()).toEqual([]);
    const approved = await checker.post<{ strategy: StrategyView }>(`${at}/approve`, { contentHash, comment: 'good' });
    expect(approved.strategy).toMatchObject({ state: 'published', version: 2, createdBy: 'max', reviewedBy: 'chen' });
    await untilShown(`${WAVES} 2 千元活跃`);
  });

  it('sees what a second version changes, in words', async () => {
    await maker.put(`/admin/v1/actions/${FIRST_WAVE}`, firstWave('千元有礼', `${WAVES}-honeymoon-call`));
    const { strategy } = await maker.get<{ strategy: StrategyView }>(at);
    const { endsAt } = strategy;
    const second = content(strategy, { name: 'Waves of the east', channels: ['app', 'remote_bank', 'sms'], endsAt });
    const { strategy: written } = await maker.put<{ strategy: StrategyView }>(at, second);
    expect(written).toMatchObject({ state: 'draft', version: 3 });
    const { fromVersion, toVersion, differences } = await checker.get<Diff>(`${at}/diff`);
    expect([fromVersion, toVersion]).toEqual([2, 3]);
    expect(differences.map(({ text }) => text)).toEqual([
      'The name changes from "蜜月期多波次营销（千元/万元/五万元）" to "Waves of the east".',
      'The channel order: the order is now app > remote_bank > sms; it was app > sms > remote_bank.',
      `The title of action ${FIRST_WAVE} on app changes from "千元活跃" to "千元有礼".`,
    ]);
    // What is being written is not what is offered.
    expect(await shown()).toEqual([`${WAVES} 2 千元活跃`]);
    await checker.post(`${at}/approve`, { contentHash: await submit(), comment: 'better' });
    await untilShown(`${WAVES} 3 千元有礼`);
  });
});

describe('what is in force', () => {
  it('goes back to the version before in one call, by a checker who made none of it', async () => {
    const body = { comment: 'the title misleads' };
    const own = await maker.refused('POST', `${at}/roll-back`, { body });
    expect([own.status, own.reason]).toEqual([422, 'APPROVER_IS_MAKER']);
    const { strategy } = await checker.post<{ strategy: StrategyView }>(`${at}/roll-back`, body);
    expect(strategy).toMatchObject({ state: 'published', version: 4, restoredVersion: 2 });
    await untilShown(`${WAVES} 4 千元活跃`);
    const { versions } = await maker.get<{ versions: StrategyView[] }>(`${at}/versions`);
    expect(versions.map(({ version, restoredVersion }) => [version, restoredVersion])).toEqual([
      [4, 2],
      [3, 0],
      [2, 0],
      [1, 0],
    ]);
    const { differences } = await checker.get<Diff>(`${at}/diff?fromVersion=2&toVersion=4`);
    expect(differences).toEqual([]);
  });

  it('is offered to nobody while it is paused, again when it is resumed, and never after it is retired', async () => {
    expect((await move(maker, 'pause')).strategy.state).toBe('paused');
    await untilShown();
    expect((await move(checker, 'resume')).strategy.state).toBe('published');
    await untilShown(`${WAVES} 4 千元活跃`);
    expect((await move(checker, 'retire')).strategy.state).toBe('retired');
    await untilShown();
    const back = await checker.refused('POST', `${at}/move`, { body: { move: 'resume' } });
    expect([back.status, back.reason]).toEqual([422, 'STRATEGY_MOVE_NOT_ALLOWED']);
  });
});

describe('the copy desk 文案台', () => {
  const FUND = '/admin/v1/actions/fund';
  const STRATEGY = '/admin/v1/strategies/funds';
  const say = (treatment: object): Promise<unknown> => {
    const terms = { issue: 'growth', group: 'funds', purpose: 'marketing', orgPath: 'hq/east' };
    const worth = { valueMinor: 1, currency: 'CNY' };
    return maker.put(FUND, { ...terms, ...worth, name: 'Fund', treatments: [{ channel: 'app', ...treatment }] });
  };
  const submission = async (): Promise<string[]> => {
    const { reason, violations } = await maker.refused('POST', `${STRATEGY}/submit`, { body: {} });
    expect(reason).toBe('STRATEGY_INCOMPLETE');
    return violations!.map(({ field, description }) => `${description.split(':')[0]} ${field}`).sort();
  };

  it('keeps what is typed from being published: a forbidden promise, and risk words that are missing', async () => {
    await say({ title: '新基金', body: '稳赚不赔' });
    const segment = { segmentId: `${WAVES}-segment`, actionIds: ['fund'] };
    await maker.post('/admin/v1/strategies', { strategyId: 'funds', name: 'Funds', orgPath: 'hq/east', ...segment });
    const treatment = 'strategy.actionIds.0.treatments.0';
    expect(await submission()).toEqual([
      `COPY_FORBIDDEN_PROMISE ${treatment}.body`,
      `COPY_RISK_WORDS_MISSING ${treatment}.title`,
    ]);
    const texts = [{ field: 'body', text: '稳赚不赔' }];
    const { findings } = await maker.post<Json<CheckCopyResponse>>('/admin/v1/copy-desk/checks', { texts });
    const { wordLists } = await maker.get<Json<ListWordListsResponse>>('/admin/v1/copy-desk/word-lists');
    expect(findings).toMatchObject([{ code: 'COPY_FORBIDDEN_PROMISE', phrase: '稳赚不赔' }]);
    const list = wordLists.find(({ listId }) => listId === findings[0]!.listId)!;
    expect(list.version).toBe(findings[0]!.listVersion);
    const entry = list.entries.find(({ entryId }) => entryId === findings[0]!.entryId);
    expect([entry?.source, entry?.source !== '']).toEqual([findings[0]!.source, true]);
  });

  it('keeps what a model drafts to the same rules, and lets nothing out unapproved', async () => {
    asked = [];
    drafts = ['{"title":"新基金","body":"保本保息"}', '{"title":"新基金","body":"欢迎了解，投资有风险。"}'];
    const order = { brief: '推荐新发基金', channel: 'app', group: 'funds', variantCount: 2 };
    const drafted = await maker.post<Json<DraftCopyResponse>>('/admin/v1/copy-desk/drafts', order);
    expect(drafted.model).toBe('qwen');
    const bad = drafted.variants.find(({ findings }) => findings.length > 0)!;
    const good = drafted.variants.find(({ findings }) => findings.length === 0)!;
    expect([bad.body, good.body]).toEqual(['保本保息', '欢迎了解，投资有风险。']);
    expect(bad.findings.map(({ code }) => code).sort()).toEqual(['COPY_FORBIDDEN_PROMISE', 'COPY_RISK_WORDS_MISSING']);
    expect(asked.map(({ path, authorization }) => [path, authorization])).toEqual(
      [0, 1].map(() => ['/v1/chat/completions', 'Bearer key-1']),
    );
    await say({ title: bad.title, body: bad.body });
    expect(await submission()).toHaveLength(2);
    await say({ title: good.title, body: good.body });
    const { strategy } = await maker.post<{ strategy: StrategyView }>(`${STRATEGY}/submit`);
    expect(await shown()).toEqual([]);
    await checker.post(`${STRATEGY}/approve`, { contentHash: strategy.contentHash });
    await untilShown('funds 1 新基金');
  });

  it('offers what is in force while a change is written, and after it is given up', async () => {
    const { strategy } = await maker.get<{ strategy: StrategyView }>(STRATEGY);
    await maker.put(STRATEGY, content(strategy, { name: 'Other funds' }));
    expect((await checker.refused('POST', `${STRATEGY}/discard`, { body: {} })).reason).toBe('ROLE_MISSING');
    const left = await maker.post(`${STRATEGY}/discard`);
    expect(left).toMatchObject({ strategy: { state: 'published', version: 1, name: 'Funds' } });
    expect(await shown()).toEqual(['funds 1 新基金']);
  });
});
