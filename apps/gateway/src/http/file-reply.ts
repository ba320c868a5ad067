import { StreamableFile } from '@nestjs/common';

/** What a service answers when it makes a file. */
export interface MadeFile {
  fileName: string;
  content: Uint8Array;
}

/** Offers a file to be saved under its name. Source: RFC 6266, with the name of RFC 8187 for what is not ASCII. */
export function fileReply({ fileName, content }: MadeFile, type: string): StreamableFile {
  const plain = fileName.replace(/[^\w.-]/g, '_');
  const disposition = `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`;
  return new StreamableFile(content, { type, disposition, length: content.length });
}
