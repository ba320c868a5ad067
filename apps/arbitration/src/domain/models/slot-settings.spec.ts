import type { ModelSlot } from './model-slot';
import { changeSettings, settingsOf } from './slot-settings';

const slot: ModelSlot = {
  slot: 'deposit',
  champion: { kind: 'onnx', modelId: 'a' },
  challenger: { kind: 'onnx', modelId: 'b' },
  challengerBasisPoints: 5_000,
  shadow: null,
  formerChampions: [],
  retired: [],
  historyFactType: '',
  successOutcome: 'converted',
  noModelBasisPoints: 1_000,
  adaptive: null,
  version: 3,
};

it('changes the settings and leaves the models where they are', () => {
  const settings = { ...settingsOf(slot), successOutcome: 'accepted', noModelBasisPoints: 4_999 };
  expect(changeSettings(slot, settings)).toEqual({ ...slot, ...settings, version: 4 });
});

it.each([
  ['shares that leave the champion nobody', { noModelBasisPoints: 5_000 }, 'VALIDATION_FAILED'],
  ['settings that are in force', {}, 'MODEL_SETTINGS_SAME'],
])('refuses %s', (_, change, reason) => {
  expect(() => changeSettings(slot, { ...settingsOf(slot), ...change })).toThrow(expect.objectContaining({ reason }));
});
