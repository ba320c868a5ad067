export {
  DELIMITERS,
  importNotFound,
  moveImport,
  newFileImport,
  type FileImport,
  type ImportRefusal,
  type ImportState,
} from './file-import';
export { FileContent, type FileChunk, type FileProgress, type FileTerms } from './file-content';
export { FileImportIntake } from './file-import-intake';
export { FileImportStore } from './file-import-store';
export { FileImportWorker, type ImportReader, type NumberedLine } from './file-import-worker';
export { isNextChunk } from './next-chunk';
export { ImportChunkInput } from './import-chunk.request';
