import { cloudEvent, CSV_MAPPING } from './bank';
import { definitionBody, FAN_TARGET } from './east-programmes';
import type { Answer, HttpCaller, Problem } from './http-caller';
import type { Route } from './routes';
import { stockBody } from './stock';

type Ids = Record<string, string>;

const DAYS = { businessDateFrom: '2026-01-01', businessDateTo: '2026-01-02', content: 'line_id,amount_minor\n' };
const ADJUSTMENT = { amountMinor: 5, currency: 'CNY', funder: 'bank', comment: 'x' };
const IMPORT = { fileName: 'x.csv', mapping: CSV_MAPPING, delimiter: ';' };
const EAST = { orgPath: 'hq/east' };
const REVERSAL = { transactionId: 'x', reason: 'x' };
const sale = ({ redemptionCode: code, storeId, clerkId }: Ids): object => ({
  ...{ code, storeId, clerkId, orderAmountMinor: 5_000 },
});

/** Routes that name what belongs to others in their body alone: what is sent to reach the eastern branch's. */
export const NAMED_IN_BODY: Record<string, (ids: Ids) => object> = {
  'POST /admin/v1/adjustments': ({ merchantId }) => ({ ...ADJUSTMENT, merchantId }),
  'POST /admin/v1/customer-imports': () => ({ ...IMPORT, defaultOrgPath: 'hq/east' }),
  'POST /admin/v1/exchange-offers': () => definitionBody('exchange-offers'),
  'POST /admin/v1/fission-campaigns': () => definitionBody('fission-campaigns'),
  'POST /admin/v1/growth-plans': () => definitionBody('growth-plans'),
  'POST /admin/v1/hunts': () => definitionBody('hunts'),
  'POST /admin/v1/missions': () => definitionBody('missions'),
  'POST /admin/v1/name-lists': ({ strategyId }) => ({ strategyId, name: 'X' }),
  'POST /admin/v1/payouts': ({ batchId }) => ({ batchIds: [batchId] }),
  'POST /admin/v1/points-rules': () => definitionBody('points-rules'),
  'POST /admin/v1/points/reversals': ({ customerId }) => ({ reversals: [{ ...REVERSAL, customerId }] }),
  'POST /admin/v1/pushes': ({ strategyId, listId }) => ({ strategyId, listId }),
  'POST /admin/v1/reconciliations': ({ merchantId }) => ({ ...DAYS, merchantId }),
  'POST /admin/v1/sign-in-programmes': () => definitionBody('sign-in-programmes'),
  'POST /admin/v1/stocks': ({ stockId = '' }) => stockBody(stockId, EAST),
  'POST /admin/v1/strategies': ({ strategyId }) => ({ strategyId, name: 'X', ...EAST }),
  'PUT /admin/v1/fan-targets': () => FAN_TARGET,
  'PUT /admin/v1/lead-routes': ({ queue }) => ({ ...EAST, queue, steps: [{ to: 'queue', queue }] }),
  'PUT /admin/v1/org-units': () => ({ ...EAST, name: 'East' }),
  'POST /workbench/v1/attribution-tokens': ({ doorPlanId }) => ({ planId: doorPlanId, outletPath: 'hq/east' }),
  'POST /merchant/v1/attribution-tokens': ({ posterPlanId, storeId }) => ({ planId: posterPlanId, storeId }),
  'POST /merchant/v1/holds': sale,
  'POST /merchant/v1/next-best-actions': sale,
  'POST /merchant/v1/redemptions': sale,
  'POST /merchant/v1/redemptions/validate': sale,
  'POST /open/v1/events': ({ customerId = '' }) => cloudEvent('stranger', customerId, 'login', {}),
};

/** Routes whose body names nobody and nothing that belongs to a part of the bank, each with why. */
export const NAMES_NOTHING: Record<string, string> = {
  'PUT /admin/v1/contact-policy': 'the head office’s alone, as its own test says',
  'POST /admin/v1/settlements': 'the head office’s alone, as its own test says',
  'POST /admin/v1/ledger/checks': 'the head office’s alone, as its own test says',
  'POST /admin/v1/copy-desk/checks': 'a text',
  'POST /admin/v1/copy-desk/drafts': 'a text',
  'POST /admin/v1/onnx-models': 'the file of a model, which is the whole bank’s',
  'POST /admin/v1/rfm/computations': 'the whole base, and no answer about a single customer',
  'POST /admin/v1/segments/preview': 'a rule, counted within the caller’s own organisation',
  'POST /app/v1/attribution-tokens': 'an offer to every customer',
  'POST /app/v1/complaints': 'his own',
  'POST /app/v1/consents': 'his own',
  'POST /app/v1/follows': 'everybody may follow',
  'POST /app/v1/follows/end': 'his own',
  'POST /app/v1/next-best-actions': 'his own',
  'POST /app/v1/visits': 'whoever stands before the outlet’s code may read it: that is what it is for',
  'POST /app/v1/thread': 'his own words to the bank',
  'POST /admin/v1/remote-models': 'the address of a model, which is the whole bank’s',
  'POST /merchant/v1/visits': 'nothing is asked before a token that is signed for the place',
  'POST /workbench/v1/visits': 'nothing is asked before a token that is signed for the place',
  'POST /merchant/v1/reconciliations': 'the merchant’s own books, by its key',
};

/** An answer to what was named in a body. */
export interface BodyAnswer extends Answer<Problem> {
  name: string;
}

/** What each of the routes that name objects in their body answers the caller about these. */
export async function answersByBody(caller: HttpCaller, routes: readonly Route[], ids: Ids): Promise<BodyAnswer[]> {
  const answers: BodyAnswer[] = [];
  for (const { name, method, path } of routes) {
    const body = NAMED_IN_BODY[name]?.(ids);
    if (body === undefined) continue;
    const contentType = path.startsWith('/open/') ? 'application/cloudevents+json' : 'application/json';
    answers.push({ name, ...(await caller.call<Problem>(method, path, { body, contentType })) });
  }
  return answers;
}

/** Whether the object was reached, even if a rule then refused what was asked: it is there already, or another person must do it. */
export const isReached = ({ status, body }: BodyAnswer): boolean =>
  [200, 201, 202, 204, 409, 422].includes(status) || body.reason === 'RELEASER_IS_MAKER';

export const told = ({ name, status, body }: BodyAnswer): string =>
  `${name}: ${status} ${JSON.stringify(body).slice(0, 200)}`;
