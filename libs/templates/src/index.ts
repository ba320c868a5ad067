/** The `{{variables}}` of talk scripts and messages: which there are, and their rendering for one customer. */
export {
  renderTemplate,
  templateFaults,
  type TemplateContext,
  type TemplateFault,
  type TemplateScope,
} from './template';
