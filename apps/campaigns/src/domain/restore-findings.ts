import { findCopyFaults } from './copy-findings';
import { Findings, type Finding } from './finding';
import { findBenefitFaults, findQuotaFaults } from './map-findings';
import { findQueueFaults } from './queue-findings';
import type { StrategyVersion } from './strategy';
import { findDateFaults } from './strategy-findings';
import type { StrategyParts } from './strategy-parts';
import type { CompiledStrategy } from './strategy-snapshot';

/**
 * What has happened since to a version that was published: its end, its benefits, its quotas, its queues, or the words that may be used.
 * Everything else is as it was reviewed, because its compiled snapshot is put in force, not the catalogue of today.
 */
export function findRestoreFaults(
  version: StrategyVersion,
  orgPath: string,
  compiled: CompiledStrategy,
  known: Pick<StrategyParts, 'queues' | 'quotas' | 'scriptTexts' | 'stocks' | 'wordLists'>,
  now: Date,
): Finding[] {
  const findings = new Findings();
  // The compiled actions have the cells put over them already.
  const content = { ...version, cells: [] };
  const parts: StrategyParts = {
    ...known,
    actions: new Map(compiled.actions.map((action) => [action.actionId, action])),
    scripts: new Map(Object.entries(compiled.scriptVersions).map(([id, v]) => [id, { version: v, orgPath: '' }])),
    segments: new Map(),
    audienceSize: null,
  };
  findDateFaults(content, now, findings);
  findBenefitFaults(content, orgPath, parts, findings);
  findQuotaFaults(content, orgPath, parts, findings);
  for (const [i, action] of compiled.actions.entries()) {
    for (const [k, treatment] of action.treatments.entries()) {
      findQueueFaults(treatment, `strategy.actionIds.${i}.treatments.${k}`, orgPath, known, findings);
    }
  }
  findCopyFaults(content, parts, findings);
  return findings.all;
}
