import type { Action, Treatment } from './action';
import { isSpokenChannel } from './channel';
import { checkCopy, type Copy, type CopyFinding } from './copy/copy-check';
import type { WordList } from './copy/word-list';
import type { Findings } from './finding';
import type { ScriptDraft } from './script';
import type { StrategyContent } from './strategy';
import { offeredActions, scriptKey, spokenVersion, type StrategyParts } from './strategy-parts';

/** What an agent says of a script; what the customer objects is not ours. */
export const scriptCopy = (script: ScriptDraft, at: string, group: string): Copy => ({
  group,
  parts: [
    { field: `${at}.title`, text: script.title },
    { field: `${at}.opening`, text: script.opening },
    ...script.talkingPoints.map((text, i) => ({ field: `${at}.talkingPoints.${i}`, text })),
    ...script.objections.map(({ answer }, i) => ({ field: `${at}.objections.${i}.answer`, text: answer })),
    { field: `${at}.nextStep`, text: script.nextStep },
  ].filter(({ text }) => text !== ''),
});

/** A treatment's own text; where somebody speaks, the risk words are the script's to say. */
export const treatmentCopy = ({ title, body, channel }: Treatment, at: string, group: string): Copy => ({
  group,
  mustWarn: !isSpokenChannel(channel),
  parts: [
    { field: `${at}.title`, text: title },
    { field: `${at}.body`, text: body },
  ].filter(({ text }) => text !== ''),
});

/** Forbidden promises and missing risk words in everything the strategy says: they block publishing. */
export function findCopyFaults(content: StrategyContent, parts: StrategyParts, findings: Findings): void {
  for (const [i, action] of offeredActions(content, parts).entries()) {
    for (const { field, code, phrase, advice, source } of copyOfAction(action, i, content, parts)) {
      findings.add(field, code, `"${phrase}": ${advice} (${source})`);
    }
  }
}

function copyOfAction(action: Action, i: number, content: StrategyContent, parts: StrategyParts): CopyFinding[] {
  const at = `strategy.actionIds.${i}`;
  const check = (copy: Copy, lists: readonly WordList[] = parts.wordLists): CopyFinding[] => checkCopy(copy, lists);
  const own = action.treatments.flatMap((treatment, k) =>
    check(treatmentCopy(treatment, `${at}.treatments.${k}`, action.group)),
  );
  const scriptIds = new Set(action.treatments.map(({ scriptId }) => scriptId).filter((id) => id !== ''));
  const spoken = [...scriptIds].flatMap((scriptId) => {
    const script = parts.scriptTexts.get(scriptKey(scriptId, spokenVersion(content, parts, scriptId)));
    return script === undefined ? [] : check(scriptCopy(script, `${at}.scripts.${scriptId}`, action.group));
  });
  return [...own, ...spoken];
}
