export { FieldCipher } from './field-cipher';
export { PageSeal } from './page-seal';
