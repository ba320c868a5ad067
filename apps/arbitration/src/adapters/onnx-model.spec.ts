import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attributes } from '../domain/models/features';
import type { OnnxContract } from '../domain/models/onnx-contract';
import { OnnxModel } from './onnx-model';

interface ModelCard {
  sha256: string;
  contract: OnnxContract;
}

const models = join(__dirname, '../../../../data/models');
const readJson = <T>(name: string): T => JSON.parse(readFileSync(join(models, name), 'utf8')) as T;
const bytes = readFileSync(join(models, 'term-deposit-static.onnx'));
const card = readJson<ModelCard>('term-deposit-static.json');
const samples = readJson<{ attributes: Attributes; score: number }[]>('term-deposit-static.samples.json');

describe('OnnxModel', () => {
  it('is the file that its card describes', () => {
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(card.sha256);
    expect(bytes.byteLength).toBeLessThan(1024 * 1024);
  });

  it('scores as the training library did', async () => {
    const model = await OnnxModel.load(bytes, card.contract);
    const scores = await model.scoreBatch(samples.map(({ attributes }) => attributes));
    expect(samples.length).toBeGreaterThanOrEqual(40);
    scores.forEach((score, i) => expect(Math.abs(score! - (samples[i]?.score ?? NaN))).toBeLessThan(1e-5));
    expect(new Set(scores).size).toBeGreaterThan(10);
    await model.release();
  });

  it('keeps the order over batches larger than one run, and under calls at once', async () => {
    const model = await OnnxModel.load(bytes, card.contract);
    const rows = Array.from({ length: 2500 }, (_, i) => samples[i % samples.length]?.attributes ?? {});
    const [once, again] = await Promise.all([model.scoreBatch(rows), model.scoreBatch(rows)]);
    expect(once).toHaveLength(rows.length);
    expect(again).toEqual(once);
    once.forEach((score, i) => expect(score).toBeCloseTo(samples[i % samples.length]?.score ?? NaN, 5));
    expect(await model.scoreBatch([])).toEqual([]);
    await model.release();
  });

  it('scores a customer of whom nothing is known', async () => {
    const model = await OnnxModel.load(bytes, card.contract);
    const [score] = await model.scoreBatch([{}]);
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThan(0.5);
    await model.release();
  });

  it('runs a model that takes text, one input for each column', async () => {
    const file = readFileSync(join(__dirname, '../testing/columns-model.onnx'));
    const contract: OnnxContract = {
      layout: 'columns',
      output: 'probabilities',
      outputColumn: 1,
      forbidden: [],
      features: [
        { name: 'age', kind: 'numeric', missing: 0 },
        { name: 'job', kind: 'categorical' },
      ],
    };
    const model = await OnnxModel.load(file, contract);
    const scores = await model.scoreBatch([
      { age: 35, job: 'retired' },
      { age: 35, job: 'student' },
      { age: 70, job: 'pilot' },
    ]);
    // As printed by tools/static-model/columns_fixture.py.
    [0.2327175, 0.0749521, 0.9903635].forEach((expected, i) => expect(scores[i]).toBeCloseTo(expected, 5));
    await model.release();
  });

  it('refuses bytes that are no model', async () => {
    await expect(OnnxModel.load(Buffer.from('not a model'), card.contract)).rejects.toMatchObject({
      reason: 'MODEL_FILE_UNREADABLE',
    });
  });

  it('refuses a file whose input is narrower than the feature list', async () => {
    const features = card.contract.features.slice(1);
    await expect(OnnxModel.load(bytes, { ...card.contract, features })).rejects.toMatchObject({
      reason: 'VALIDATION_FAILED',
      violations: [{ field: 'inputs.features' }],
    });
  });

  it('refuses an output that the file does not have', async () => {
    await expect(OnnxModel.load(bytes, { ...card.contract, output: 'score' })).rejects.toMatchObject({
      violations: [{ field: 'output' }],
    });
    await expect(OnnxModel.load(bytes, { ...card.contract, outputColumn: 2 })).rejects.toMatchObject({
      violations: [{ field: 'outputColumn' }],
    });
  });
});
