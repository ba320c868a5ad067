export { csvLines, type CsvLine } from './csv-lines';
