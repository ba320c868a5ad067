export { FieldCipher } from './field-cipher';
