import { Controller, Get, Param, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator';
import { READER } from '../../access/access-rules';
import { CSV_TYPE } from '../../http/body.hook';
import { fileReply } from '../../http/file-reply';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import { PDF_TYPE } from '../../requests/settlement.query';

@ApiTags('Settlement')
@Controller('admin/v1/settlement-batches/:batchId')
export class AdminStatementFilesController {
  constructor(private readonly peers: Peers) {}

  @Get('statement.csv')
  @Access(READER)
  @Endpoint({ summary: 'A batch’s whole statement 对账单 as CSV.', produces: CSV_TYPE, reasons: ['BATCH_NOT_FOUND'] })
  async csv(@Param('batchId', IdPipe) batchId: string): Promise<StreamableFile> {
    return fileReply(await this.peers.settlement.getStatementFile({ batchId, format: 'csv' }, LONG), CSV_TYPE);
  }

  @Get('statement.pdf')
  @Access(READER)
  @Endpoint({ summary: 'A batch’s whole statement 对账单 as PDF.', produces: PDF_TYPE, reasons: ['BATCH_NOT_FOUND'] })
  async pdf(@Param('batchId', IdPipe) batchId: string): Promise<StreamableFile> {
    return fileReply(await this.peers.settlement.getStatementFile({ batchId, format: 'pdf' }, LONG), PDF_TYPE);
  }
}
