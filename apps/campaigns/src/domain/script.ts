import { DomainError } from '@tidegate/errors';
import { renderTemplate, templateFaults, type TemplateContext, type TemplateFault } from '@tidegate/templates';
import { withAuthor, type Author } from './authorship';

export interface Objection {
  objection: string;
  answer: string;
}

/** A talk script 话术: what an agent says, what is answered to an objection, and what comes next. */
export interface ScriptDraft {
  scriptId: string;
  title: string;
  opening: string;
  talkingPoints: string[];
  objections: Objection[];
  nextStep: string;
  orgPath: string;
}

/** One version of a script; it never changes. */
export interface Script extends ScriptDraft {
  version: number;
  /** Of this version and those before. */
  authors: Author[];
}

/** A fault of a text and where it is in the caller's request. */
export interface TextFault extends TemplateFault {
  field: string;
}

/**
 * The next version of a script.
 * @param newest null for a first version
 * @throws SCRIPT_VARIABLE_UNKNOWN when a text names a variable that there is not
 */
export function writeScript(
  newest: Pick<Script, 'version' | 'authors'> | null,
  draft: ScriptDraft,
  actorId: string,
): Script {
  const texts: [field: string, text: string][] = [
    ['script.title', draft.title],
    ['script.opening', draft.opening],
    ...draft.talkingPoints.map((text, i): [string, string] => [`script.talkingPoints.${i}`, text]),
    ...draft.objections.map(({ answer }, i): [string, string] => [`script.objections.${i}.answer`, answer]),
    ['script.nextStep', draft.nextStep],
  ];
  throwUnknownVariables(
    texts.flatMap(([field, text]) => templateFaults(text, { hasAgent: true }).map((fault) => ({ ...fault, field }))),
  );
  const { version = 0, authors = [] } = newest ?? {};
  return { ...draft, version: version + 1, authors: withAuthor(authors, actorId, version + 1) };
}

/** The script with one customer's values and the agent's name put in; a value that is not known is left out. */
export function renderScript(script: Script, context: TemplateContext): Script {
  const render = (text: string): string => renderTemplate(text, context);
  return {
    ...script,
    title: render(script.title),
    opening: render(script.opening),
    talkingPoints: script.talkingPoints.map(render),
    objections: script.objections.map(({ objection, answer }) => ({ objection, answer: render(answer) })),
    nextStep: render(script.nextStep),
  };
}

/** @throws SCRIPT_VARIABLE_UNKNOWN with one violation for each fault, when there are any */
export function throwUnknownVariables(faults: TextFault[]): void {
  const first = faults[0];
  if (first === undefined) return;
  throw new DomainError({
    code: 'INVALID_ARGUMENT',
    reason: 'SCRIPT_VARIABLE_UNKNOWN',
    message: `A text cannot be rendered: ${describeFault(first)} in ${first.field}.`,
    violations: faults.slice(0, 50).map((fault) => ({ field: fault.field, description: describeFault(fault) })),
  });
}

const describeFault = ({ code, at }: TemplateFault): string =>
  code === 'VARIABLE_UNKNOWN' ? `there is no variable {{${at}}}` : `braces without a partner at "${at}"`;
