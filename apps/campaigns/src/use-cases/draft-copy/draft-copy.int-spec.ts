import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetCustomerResponse } from '@tidegate/contracts/customers/v1/customers';
import { DraftCopyRequest } from '@tidegate/contracts/campaigns/v1/strategy_desk';
import type { DomainError } from '@tidegate/errors';
import { CampaignsConfig } from '../../campaigns.config';
import { scriptMessage, startCampaigns, type Harness } from '../../testing/campaigns-harness';

// Goal: the copy desk helps, checks whatever it is given, and without a model is simply without one.

let harness: Harness;
let model: Server;
let asked: { authorization?: string; body: { model: string; messages: { role: string; content: string }[] } }[] = [];
let answers: ((request: IncomingMessage) => { status?: number; text: string } | 'silence')[] = [];

const say = (content: string): { status?: number; text: string } => ({
  text: JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }),
});

/** A stand-in that speaks the protocol over real HTTP. */
beforeAll(async () => {
  model = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { authorization } = request.headers;
      asked.push({ authorization, body: JSON.parse(Buffer.concat(chunks).toString()) as never });
      const answer = (answers.shift() ?? (() => say('{"title":"新礼遇","body":"打开手机银行查看。"}')))(request);
      if (answer === 'silence') return;
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(answer.text);
    });
  });
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  const getCustomer = () =>
    Promise.resolve(
      GetCustomerResponse.fromPartial({
        customer: { customerId: 'c-1', externalId: 'x-1', attributes: { job: 'teacher' } },
      }),
    );
  harness = await startCampaigns({ customers: { getCustomer } as never });
  useModel(55_000);
});
afterAll(async () => {
  await harness?.stop();
  model?.closeAllConnections();
  model?.close();
});
beforeEach(() => {
  asked = [];
  answers = [];
});

/** A model that says nothing for so long has timed out. */
function useModel(timeoutMs: number): void {
  const settings = new CampaignsConfig({
    COPY_MODEL_URL: `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1/`,
    COPY_MODEL_NAME: 'qwen',
    COPY_MODEL_KEY: 'k',
    COPY_MODEL_TIMEOUT_MS: String(timeoutMs),
  });
  Object.assign(harness.service.app.get(CampaignsConfig), settings);
}
const order = (overrides: Partial<DraftCopyRequest> = {}): DraftCopyRequest =>
  DraftCopyRequest.fromPartial({
    brief: '推荐新发基金',
    channel: 'app',
    group: 'funds',
    variantCount: 2,
    ...overrides,
  });
const reasonOf = (refused: Promise<unknown>): Promise<string> =>
  refused.then(
    () => 'done',
    (error: DomainError) => error.reason,
  );

it('drafts side by side, each with its findings, and tells the model what it must not say', async () => {
  answers = [
    () => say('Sure! ```json\n{"title":"新基金","body":"稳赚不赔"}\n```'),
    () => say('{"title":"新基金","body":"欢迎了解，投资有风险。"}'),
  ];
  const { variants, model: name } = await harness.makerDesk.draftCopy(order());
  expect(name).toBe('qwen');
  const codes = variants.map(({ body, findings }) => [body, findings.map(({ code }) => code)]);
  expect(codes).toEqual(
    expect.arrayContaining([
      ['稳赚不赔', ['COPY_FORBIDDEN_PROMISE', 'COPY_RISK_WORDS_MISSING']],
      ['欢迎了解，投资有风险。', []],
    ]),
  );
  expect(asked).toHaveLength(2);
  expect(asked[0]).toMatchObject({ authorization: 'Bearer k', body: { model: 'qwen' } });
  expect(asked[0]?.body.messages[0]?.content).toContain('保本保息');
  expect(asked[0]?.body.messages[1]?.content).toContain('推荐新发基金');
});

it('answers with what came when one variant fails, and says why when none did', async () => {
  answers = [() => ({ status: 500, text: 'no' }), () => say('{"title":"","body":"好"}')];
  expect((await harness.makerDesk.draftCopy(order())).variants).toHaveLength(1);
  answers = [() => say('I would rather not.')];
  expect(await reasonOf(harness.makerDesk.draftCopy(order({ variantCount: 1 })))).toBe('COPY_MODEL_ANSWER_INVALID');
  answers = [() => ({ status: 401, text: '{}' })];
  expect(await reasonOf(harness.makerDesk.draftCopy(order({ variantCount: 1 })))).toBe('COPY_MODEL_REFUSED');
  answers = [() => ({ text: 'x'.repeat(300 * 1024) })];
  expect(await reasonOf(harness.makerDesk.draftCopy(order({ variantCount: 1 })))).toBe('COPY_MODEL_ANSWER_INVALID');
  answers = [() => 'silence', () => 'silence', () => 'silence'];
  useModel(400);
  expect(await reasonOf(harness.makerDesk.draftCopy(order({ variantCount: 1 })))).toBe('COPY_MODEL_TIMED_OUT');
  useModel(55_000);
});

it('tells the model of no customer', async () => {
  const brief = '给 13800138000 写一条短信';
  expect(await reasonOf(harness.makerDesk.draftCopy(order({ brief })))).toBe('VALIDATION_FAILED');
  expect(asked).toEqual([]);
});

it('is off by default, while the check is always on', async () => {
  const config = harness.service.app.get(CampaignsConfig);
  const held = config.copyModel;
  Object.assign(config, { copyModel: new CampaignsConfig({}).copyModel });
  expect(await reasonOf(harness.makerDesk.draftCopy(order()))).toBe('COPY_MODEL_OFF');
  Object.assign(config, { copyModel: held });
  const texts = [{ field: 'body', text: '保本保息' }];
  const { findings } = await harness.makerDesk.checkCopy({ texts, group: '' });
  expect(findings).toMatchObject([{ field: 'body', code: 'COPY_FORBIDDEN_PROMISE', phrase: '保本保息' }]);
  const { wordLists } = await harness.makerDesk.listWordLists({});
  expect(wordLists.map(({ listId, version }) => [listId, version])).toEqual([
    ['forbidden-promises', findings[0]?.listVersion],
    ['risk-words', expect.any(String)],
  ]);
});

it('renders a script for one customer, in any of its versions', async () => {
  const { maker, makerDesk } = harness;
  await maker.putScript({ requestId: 's1', script: scriptMessage() });
  await maker.putScript({ requestId: 's2', script: scriptMessage({ opening: 'Good day {{customer.externalId}}.' }) });
  const render = (version: number, agentName: string) =>
    makerDesk.renderScript({ scriptId: 'call', version, customerId: 'c-1', agentName });
  expect((await render(0, '')).script).toMatchObject({
    version: 2,
    opening: 'Good day x-1.',
    talkingPoints: ['You are teacher.'],
  });
  expect((await render(1, 'Li Wei')).script).toMatchObject({ version: 1, opening: 'This is Li Wei.' });
  expect(await reasonOf(render(3, ''))).toBe('SCRIPT_NOT_FOUND');
  const { scripts } = await makerDesk.listScriptVersions({ scriptId: 'call', pageSize: 1, pageToken: '' });
  expect(scripts.map(({ version }) => version)).toEqual([2]);
  expect((await makerDesk.listScripts({ pageSize: 10, pageToken: '' })).scripts).toMatchObject([{ version: 2 }]);
});
