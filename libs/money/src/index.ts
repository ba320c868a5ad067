export { decimalText, sumDecimalTexts } from './money-text';
