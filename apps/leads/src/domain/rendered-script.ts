import { renderTemplate, type TemplateContext } from '@tidegate/templates';

/** A talk script 话术 as it is spoken. */
export interface ScriptText {
  scriptId: string;
  version: number;
  title: string;
  opening: string;
  talkingPoints: string[];
  objections: { objection: string; answer: string }[];
  nextStep: string;
}

/** The script with the customer's values put in. Without a context the variables stay, for the agent to fill in himself. */
export function renderScript(script: ScriptText, context: TemplateContext | undefined): ScriptText {
  const render = (text: string): string => (context ? renderTemplate(text, context) : text);
  return {
    scriptId: script.scriptId,
    version: script.version,
    title: render(script.title),
    opening: render(script.opening),
    talkingPoints: script.talkingPoints.map(render),
    objections: script.objections.map(({ objection, answer }) => ({
      objection: render(objection),
      answer: render(answer),
    })),
    nextStep: render(script.nextStep),
  };
}
