import 'reflect-metadata';
import { validated } from '@tidegate/grpc';
import { PutModelSlotInput } from './put-model-slot.request';

const slot = {
  slot: 'deposit',
  champion: { kind: 'adaptive', modelId: '' },
  shadow: undefined,
  historyFactType: '',
  successOutcome: 'converted',
  version: 0,
};
const refusal = (content: unknown): unknown => {
  try {
    return validated(PutModelSlotInput, { requestId: 'r1', slot: content });
  } catch (error) {
    return error;
  }
};

it('names the part that is missing', () => {
  expect(refusal(undefined)).toMatchObject({ reason: 'VALIDATION_FAILED', violations: [{ field: 'slot' }] });
  expect(refusal({ ...slot, champion: undefined })).toMatchObject({ violations: [{ field: 'slot.champion' }] });
  // The features are in `spec`, beside how to learn from them.
  const features = [{ kind: 'categorical', name: 'job' }];
  expect(refusal({ ...slot, featureSpec: { features } })).toMatchObject({
    violations: [{ field: 'slot.featureSpec.spec' }],
  });
});
