import { parseCondition, parseText } from './parse-condition';
import { parseEvents } from './parse-events';
import { isInputObject, refuseOtherKeys, type InputObject } from './parse-object';
import { RULE_LIMITS, type FieldRule, type Rule } from './rule';
import { kindOfField, parseField } from './rule-field';
import { RuleViolations } from './rule-violations';

const NODE_KINDS = ['all', 'any', 'not', 'field', 'tag', 'events', 'segment'] as const;

/**
 * Reads a rule from anything a caller sent, and returns a copy with nothing else in it.
 * @param at the path of the rule in the caller's request, which every violation's path begins with
 * @throws RULE_INVALID with one violation for each fault, when it is no rule or beyond RULE_LIMITS
 */
export function parseRule(input: unknown, at = 'rule'): Rule {
  const violations = new RuleViolations();
  const rule = parseNode(input, at, 1, violations);
  violations.throwIfAny();
  // Every reader that returns undefined has recorded why.
  return rule as Rule;
}

function parseNode(input: unknown, path: string, depth: number, violations: RuleViolations): Rule | undefined {
  if (!violations.enterNode(path)) return undefined;
  if (depth > RULE_LIMITS.depth) return violations.add(path, `is deeper than ${RULE_LIMITS.depth} levels`);
  if (!isInputObject(input)) return violations.add(path, 'must be an object');
  const kinds = NODE_KINDS.filter((kind) => Object.hasOwn(input, kind));
  const kind = kinds[0];
  if (kind === undefined || kinds.length > 1) {
    return violations.add(path, `must have exactly one of ${NODE_KINDS.join(', ')}`);
  }
  switch (kind) {
    case 'all':
    case 'any':
      return parseGroup(kind, input, path, depth, violations);
    case 'not': {
      refuseOtherKeys(input, ['not'], path, violations);
      const not = parseNode(input.not, `${path}.not`, depth + 1, violations);
      return not && { not };
    }
    case 'field':
      return parseFieldRule(input, path, violations);
    case 'tag':
      return parseTag(input, path, violations);
    case 'events':
      return parseEvents(input, path, violations);
    case 'segment': {
      refuseOtherKeys(input, ['segment'], path, violations);
      const segment = parseName(input.segment, `${path}.segment`, violations);
      return segment === undefined ? undefined : { segment };
    }
  }
}

function parseGroup(
  kind: 'all' | 'any',
  input: InputObject,
  path: string,
  depth: number,
  violations: RuleViolations,
): Rule | undefined {
  refuseOtherKeys(input, [kind], path, violations);
  const list = input[kind];
  if (!Array.isArray(list)) return violations.add(`${path}.${kind}`, 'must be a list of rules');
  const rules: Rule[] = [];
  // One beyond the limit is enough to refuse; a list of millions is not walked.
  for (let i = 0; i < Math.min(list.length, RULE_LIMITS.nodes + 1); i++) {
    const rule = parseNode(list[i], `${path}.${kind}[${i}]`, depth + 1, violations);
    if (rule !== undefined) rules.push(rule);
  }
  return kind === 'all' ? { all: rules } : { any: rules };
}

function parseFieldRule(input: InputObject, path: string, violations: RuleViolations): FieldRule | undefined {
  refuseOtherKeys(input, ['field', 'op', 'value'], path, violations);
  const { field } = input;
  const ref = typeof field === 'string' ? parseField(field) : null;
  if (typeof field !== 'string' || ref === null) return violations.add(`${path}.field`, 'is not a known field');
  const condition = parseCondition(input, path, kindOfField(ref), violations);
  return condition && { field, ...condition };
}

function parseTag(input: InputObject, path: string, violations: RuleViolations): Rule | undefined {
  refuseOtherKeys(input, ['tag', 'value'], path, violations);
  const tag = parseName(input.tag, `${path}.tag`, violations);
  if (tag === undefined) return undefined;
  if (input.value === undefined) return { tag };
  violations.countLiterals(path, 1);
  const value = parseText(input.value, `${path}.value`, RULE_LIMITS.stringLength, violations);
  return value === undefined ? undefined : { tag, value };
}

function parseName(value: unknown, path: string, violations: RuleViolations): string | undefined {
  const name = parseText(value, path, RULE_LIMITS.nameLength, violations);
  // Would read Object.prototype from a plain object.
  return name === '' || name === '__proto__' ? violations.add(path, 'is not a usable name') : name;
}
