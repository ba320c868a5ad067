import { DomainError, refused } from '@tidegate/errors';
import { parseRule } from './parse-rule';
import { RULE_LIMITS, type EventsRule, type FieldRule, type Rule, type TagRule } from './rule';

/** Finds another segment's rule; undefined when there is none. A static list is a segment whose rule is a tag. */
export type ResolveSegment = (segmentId: string) => Rule | undefined;

/** A rule with every segment's own rule put in its place: what the compilers read. */
export type ExpandedRule =
  | { all: readonly ExpandedRule[] }
  | { any: readonly ExpandedRule[] }
  | { not: ExpandedRule }
  | FieldRule
  | TagRule
  | EventsRule;

/**
 * Checks the rule and puts in the rules of the segments it names, and of those that they name.
 * @throws RULE_INVALID when it, or a segment's rule, is not one
 * @throws RULE_SEGMENT_UNKNOWN when the resolver does not know a segment
 * @throws RULE_SEGMENT_CYCLE when a segment is, through others, a member of itself
 * @throws RULE_TOO_LARGE when the whole is beyond RULE_LIMITS
 */
export function expandSegments(rule: Rule, resolveSegment: ResolveSegment = () => undefined): ExpandedRule {
  return new Expansion(resolveSegment).expand(parseRule(rule));
}

class Expansion {
  private size = 0;
  private readonly open: string[] = [];
  private readonly parsed = new Map<string, Rule>();

  constructor(private readonly resolveSegment: ResolveSegment) {}

  expand(rule: Rule): ExpandedRule {
    this.grow(1 + literalsIn(rule));
    if ('all' in rule) return { all: rule.all.map((child) => this.expand(child)) };
    if ('any' in rule) return { any: rule.any.map((child) => this.expand(child)) };
    if ('not' in rule) return { not: this.expand(rule.not) };
    return 'segment' in rule ? this.expandSegment(rule.segment) : rule;
  }

  private expandSegment(segmentId: string): ExpandedRule {
    if (this.open.includes(segmentId)) {
      const cycle = [...this.open.slice(this.open.indexOf(segmentId)), segmentId].join(' > ');
      throw new DomainError({
        code: 'INVALID_ARGUMENT',
        reason: 'RULE_SEGMENT_CYCLE',
        message: `A segment cannot contain itself: ${cycle}.`,
        metadata: { cycle },
      });
    }
    if (this.open.length === RULE_LIMITS.segmentDepth) {
      throw tooLarge(`Segments are nested more than ${RULE_LIMITS.segmentDepth} deep.`);
    }
    const rule = this.segmentRule(segmentId);
    this.open.push(segmentId);
    const expanded = this.expand(rule);
    this.open.pop();
    return expanded;
  }

  private segmentRule(segmentId: string): Rule {
    const known = this.parsed.get(segmentId);
    if (known !== undefined) return known;
    const found = this.resolveSegment(segmentId);
    if (found === undefined) {
      throw refused('RULE_SEGMENT_UNKNOWN', `There is no segment ${segmentId}.`, { segmentId });
    }
    const rule = parseRule(found, `segment(${segmentId})`);
    this.parsed.set(segmentId, rule);
    return rule;
  }

  private grow(by: number): void {
    this.size += by;
    if (this.size > RULE_LIMITS.expandedSize) {
      throw tooLarge(`With its segments the rule has more than ${RULE_LIMITS.expandedSize} parts.`);
    }
  }
}

const tooLarge = (message: string): DomainError =>
  new DomainError({ code: 'INVALID_ARGUMENT', reason: 'RULE_TOO_LARGE', message });

function literalsIn(rule: Rule): number {
  if ('field' in rule) return Array.isArray(rule.value) ? rule.value.length : 1;
  if (!('events' in rule)) return 0;
  return (rule.events.where ?? []).reduce((sum, clause) => sum + 1 + literalsIn(clause), 0);
}
