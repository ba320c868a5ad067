import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TERM_DEPOSIT } from '../cast';
import type { World } from '../world';

const STATIC_MODEL = 'term-deposit-static';

/** Fills the model slot: a model that learns as champion, the one trained on the history in its shadow. */
export async function setUpModels(world: World): Promise<void> {
  const { arbitration, modelFolder } = world;
  const read = (name: string): Buffer => readFileSync(join(modelFolder, name));
  const { contract } = JSON.parse(read(`${STATIC_MODEL}.json`).toString('utf8')) as { contract: unknown };
  const contentBase64 = read(`${STATIC_MODEL}.onnx`).toString('base64');
  const model = { name: STATIC_MODEL, contentBase64, inputSpec: contract };
  const { modelId, dryRunMs } = await arbitration.uploadModel(model, `model:${STATIC_MODEL}`);
  const featureSpec = JSON.parse(read('term-deposit-adaptive.json').toString('utf8')) as Record<string, unknown>;
  await arbitration.openModelSlot(
    TERM_DEPOSIT.modelSlot,
    {
      champion: { kind: 'adaptive' },
      shadow: { kind: 'onnx', modelId },
      historyFactType: TERM_DEPOSIT.historyFactType,
      successOutcome: 'converted',
      featureSpec,
    },
    `model-slot:${TERM_DEPOSIT.modelSlot}`,
  );
  world.say(`  champion: adaptive; shadow: ${STATIC_MODEL} (${dryRunMs.toFixed(2)} ms a row)`);
}
