import type * as rpc from '@tidegate/contracts/campaigns/v1/strategy_desk';
import { wordsOf, type WordList } from '../domain/copy/word-list';
import { peoplesChannels } from '../domain/templates/worked-template';
import type { StrategyTemplate } from '../domain/templates/template';
import type { StrategyCheck } from '../use-cases/check-strategy/check-strategy.use-case';

export const toCheckMessage = ({
  version,
  faults,
  hints,
  audienceCount,
}: StrategyCheck): rpc.CheckStrategyResponse => ({
  version,
  findings: [
    ...faults.map((finding) => ({ ...finding, isBlocking: true })),
    ...hints.map((finding) => ({ ...finding, isBlocking: false })),
  ],
  audienceCount,
  isReady: faults.length === 0,
});

export const toTemplateMessage = (template: StrategyTemplate): rpc.StrategyTemplate => ({
  templateId: template.templateId,
  name: template.name,
  idea: template.idea,
  scenario: template.scenario,
  channels: template.channels,
  needsQueue: peoplesChannels(template).size > 0,
  needs: template.needs,
  actionNames: template.actions.map(({ name }) => name),
});

export const toWordListMessage = ({ listId, version, kind, title, sources, entries }: WordList): rpc.WordList => ({
  listId,
  version,
  kind,
  title,
  entries: entries.map((entry) => ({
    entryId: entry.entryId,
    source: sources[entry.source] ?? entry.source,
    phrases: wordsOf(entry),
    anyOf: [...(entry.anyOf ?? [])],
  })),
});
