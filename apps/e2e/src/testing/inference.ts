import type { Asked } from './stand-in';

const TENSOR = { datatype: 'FP32', shape: [-1, 1] };

/** A model named `deposit` whose score is x in percent. Source: Open Inference Protocol v2, REST. */
export function inferDeposit({ path, body }: Asked): unknown {
  if (path === '/v2/health/ready') return { ready: true };
  if (path === '/v2/models/deposit') {
    return { name: 'deposit', inputs: [{ name: 'x', ...TENSOR }], outputs: [{ name: 'score', ...TENSOR }] };
  }
  if (path !== '/v2/models/deposit/infer') return undefined;
  const [asked] = (body as { inputs: { data: number[] }[] }).inputs;
  const data = asked!.data.map((x) => x / 100);
  return { outputs: [{ name: 'score', datatype: 'FP32', shape: [data.length, 1], data }] };
}

/** What a bank says of its inputs. */
export const DEPOSIT_SPEC = {
  layout: 'columns',
  output: 'score',
  outputColumn: 0,
  features: [{ name: 'x', kind: 'numeric', missing: 0 }],
};
