import type { Rule } from './rule';
import type { ResolveSegment } from './segment-expansion';
import { expandSegments } from './segment-expansion';

/** What a rule asks about, so that a caller can load that and no more. */
export interface RuleUsage {
  /** Names as the rule writes them; fields of events are under `events`. */
  fields: readonly string[];
  tags: readonly string[];
  segments: readonly string[];
  events: readonly { type: string; windowDays: number; fields: readonly string[] }[];
}

/** What the rule itself names; what its segments ask about is in their own rules. */
export function inspectRule(rule: Rule): RuleUsage {
  const fields = new Set<string>();
  const tags = new Set<string>();
  const segments = new Set<string>();
  const events: RuleUsage['events'][number][] = [];
  const visit = (node: Rule): void => {
    if ('all' in node) node.all.forEach(visit);
    else if ('any' in node) node.any.forEach(visit);
    else if ('not' in node) visit(node.not);
    else if ('field' in node) fields.add(node.field);
    else if ('tag' in node) tags.add(node.tag);
    else if ('segment' in node) segments.add(node.segment);
    else {
      const { type, windowDays, where = [] } = node.events;
      const of = 'sum' in node.events ? [node.events.sum.of] : [];
      events.push({ type, windowDays, fields: [...new Set([...where.map((clause) => clause.field), ...of])].sort() });
    }
  };
  visit(rule);
  return { fields: [...fields].sort(), tags: [...tags].sort(), segments: [...segments].sort(), events };
}

/** The fields that the rule names, sorted; with a resolver, also those of its segments. */
export const fieldsUsed = (rule: Rule, resolveSegment?: ResolveSegment): readonly string[] =>
  inspectRule(resolveSegment === undefined ? rule : expandSegments(rule, resolveSegment)).fields;

/** Whether the rule looks at past events; with a resolver, also whether its segments do. */
export const usesEvents = (rule: Rule, resolveSegment?: ResolveSegment): boolean =>
  inspectRule(resolveSegment === undefined ? rule : expandSegments(rule, resolveSegment)).events.length > 0;

/** The longest look back of the rule in days, 0 without events: how far `RuleCustomer.events` must reach. */
export const eventWindowDaysMax = (rule: Rule, resolveSegment?: ResolveSegment): number =>
  inspectRule(resolveSegment === undefined ? rule : expandSegments(rule, resolveSegment)).events.reduce(
    (longest, { windowDays }) => Math.max(longest, windowDays),
    0,
  );
