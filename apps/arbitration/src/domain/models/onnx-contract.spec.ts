import { checkOnnxContract, matrixWidth, toInputTensors, type OnnxContract, type TensorInfo } from './onnx-contract';

const contract: OnnxContract = {
  layout: 'matrix',
  input: 'features',
  output: 'probabilities',
  outputColumn: 1,
  forbidden: ['duration'],
  features: [
    { name: 'age', kind: 'numeric', missing: -1 },
    { name: 'job', kind: 'categorical', values: ['retired', 'student'] },
  ],
};
const asColumns: OnnxContract = { ...contract, layout: 'columns', input: undefined };
const inputs: TensorInfo[] = [{ name: 'features', type: 'float32', shape: ['any', 3] }];
const outputs: TensorInfo[] = [{ name: 'probabilities', type: 'float32', shape: ['any', 2] }];
const rows = [{ age: '40', job: 'Student' }, { job: 'pilot' }, { age: 50.5, job: 'retired' }];
const violations = (fields: string[]) =>
  expect.objectContaining({
    reason: 'VALIDATION_FAILED',
    violations: fields.map((field) => expect.objectContaining({ field })),
  });

describe('toInputTensors', () => {
  it('lays rows out as one matrix', () => {
    expect(matrixWidth(contract.features)).toBe(3);
    const [tensor] = toInputTensors(contract, rows);
    expect(tensor).toMatchObject({ name: 'features', type: 'float32', shape: [3, 3] });
    expect([...(tensor?.data ?? [])]).toEqual([40, 0, 1, -1, 0, 0, 50.5, 1, 0]);
  });

  it('lays rows out as one tensor for each column, text as text', () => {
    const [age, job] = toInputTensors(asColumns, rows);
    expect(age).toMatchObject({ name: 'age', type: 'float32', shape: [3, 1] });
    expect([...(age?.data ?? [])]).toEqual([40, -1, 50.5]);
    expect(job).toEqual({ name: 'job', type: 'string', shape: [3, 1], data: ['student', 'pilot', 'retired'] });
  });
});

describe('checkOnnxContract', () => {
  it('accepts a file that fits', () => {
    expect(() => checkOnnxContract(contract, inputs, outputs)).not.toThrow();
    const columns: TensorInfo[] = [
      { name: 'job', type: 'string', shape: ['n', 1] },
      { name: 'age', type: 'float32', shape: ['n', 1] },
    ];
    expect(() => checkOnnxContract(asColumns, columns, outputs)).not.toThrow();
  });

  it.each<[string, TensorInfo[], string[]]>([
    ['another width', [{ name: 'features', type: 'float32', shape: ['any', 4] }], ['inputs.features']],
    ['another type', [{ name: 'features', type: 'int64', shape: ['any', 3] }], ['inputs.features']],
    ['a fixed number of rows', [{ name: 'features', type: 'float32', shape: [1, 3] }], ['inputs.features']],
    ['another name', [{ name: 'x', type: 'float32', shape: ['any', 3] }], ['inputs', 'inputs.features']],
    ['one input more', [...inputs, { name: 'y', type: 'float32', shape: ['any', 1] }], ['inputs']],
  ])('refuses a file with %s', (_, wrong, fields) => {
    expect(() => checkOnnxContract(contract, wrong, outputs)).toThrow(violations(fields));
  });

  it('refuses a list that reads a forbidden attribute', () => {
    const features = [...contract.features, { name: 'duration', kind: 'numeric', missing: 0 } as const];
    const wider: TensorInfo[] = [{ name: 'features', type: 'float32', shape: ['any', 4] }];
    expect(() => checkOnnxContract({ ...contract, features }, wider, outputs)).toThrow(violations(['features[2]']));
  });

  it('refuses a list without values to encode by, or without an input', () => {
    const features = [{ name: 'job', kind: 'categorical' } as const];
    const none: TensorInfo[] = [{ name: 'features', type: 'float32', shape: ['any', 0] }];
    expect(() => checkOnnxContract({ ...contract, features }, none, outputs)).toThrow(
      violations(['features[0].values']),
    );
    expect(() => checkOnnxContract({ ...contract, input: undefined }, [], outputs)).toThrow(
      violations(['input', 'inputs.']),
    );
  });

  it('refuses an output that holds no such probability', () => {
    expect(() => checkOnnxContract(contract, inputs, [])).toThrow(violations(['output']));
    const whole: TensorInfo[] = [{ name: 'probabilities', type: 'int64', shape: ['any', 2] }];
    expect(() => checkOnnxContract(contract, inputs, whole)).toThrow(violations(['output']));
    expect(() => checkOnnxContract({ ...contract, outputColumn: 2 }, inputs, outputs)).toThrow(
      violations(['outputColumn']),
    );
  });
});
