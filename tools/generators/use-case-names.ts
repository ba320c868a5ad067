const VERB_NOUN = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/;
const READING = new Set(['count', 'find', 'get', 'list']);

/** How everything of one use case is called. */
export interface UseCaseNames {
  service: string;
  /** `claim-benefit` */
  verbNoun: string;
  /** `ClaimBenefit` */
  pascal: string;
  /** `benefitId` */
  idField: string;
  /** `BenefitsModule` */
  module: string;
  /** `BenefitsServiceService` */
  contract: string;
}

/**
 * Names a use case that writes.
 * @throws Error for anything but `verb-noun`, and for a verb that reads: a read is a line or two over its repository,
 * with no request id to scaffold
 */
export function nameUseCase(service: string, verbNoun: string): UseCaseNames {
  if (!VERB_NOUN.test(verbNoun)) throw new Error(`"${verbNoun}" is not <verb-noun>, such as close-stock`);
  const [verb = '', ...noun] = verbNoun.split('-');
  if (READING.has(verb)) {
    throw new Error(`"${verb}" reads: copy apps/benefits/src/use-cases/get-stock, which asks its repository`);
  }
  return {
    service,
    verbNoun,
    pascal: pascal(verbNoun),
    idField: `${lowerFirst(pascal(noun.join('-')))}Id`,
    module: `${pascal(service)}Module`,
    contract: `${pascal(service)}ServiceService`,
  };
}

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const pascal = (kebab: string): string => kebab.split('-').map(upperFirst).join('');
