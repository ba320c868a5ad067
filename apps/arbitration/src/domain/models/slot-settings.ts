import { invalid, refused } from '@tidegate/errors';
import { BASIS_POINTS } from './model-group';
import type { ModelSlot, SlotSettings } from './model-slot';

export const settingsOf = ({
  historyFactType,
  successOutcome,
  noModelBasisPoints,
  adaptive,
}: SlotSettings): SlotSettings => ({ historyFactType, successOutcome, noModelBasisPoints, adaptive });

/** Both are built by the same code, so the same settings read the same. */
export const hasSameSettings = (left: SlotSettings, right: SlotSettings): boolean =>
  JSON.stringify(settingsOf(left)) === JSON.stringify(settingsOf(right));

/**
 * The slot with other settings; its models stay where they are, and one that learns learns anew from the same lessons.
 * @throws VALIDATION_FAILED when the shares leave the champion nobody; MODEL_SETTINGS_SAME when nothing would change
 */
export function changeSettings(slot: ModelSlot, settings: SlotSettings): ModelSlot {
  if (slot.challengerBasisPoints + settings.noModelBasisPoints >= BASIS_POINTS) {
    throw invalid([{ field: 'settings.noModelBasisPoints', description: 'leaves the champion nobody' }]);
  }
  if (hasSameSettings(slot, settings)) throw refused('MODEL_SETTINGS_SAME', 'The slot has these settings already.');
  return { ...slot, ...settings, version: slot.version + 1 };
}
