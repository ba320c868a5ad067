import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CheckCopyRequest, DraftCopyRequest } from '@tidegate/contracts/campaigns/v1/strategy_desk';
import { Access } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import {
  CheckCopyResponse,
  DraftCopyResponse,
  ListWordListsResponse,
} from '../../responses/campaigns/copy-desk.response';
import { CheckCopyBody, DraftCopyBody } from './copy-desk.request';

@ApiTags('Copy desk')
@Controller('admin/v1/copy-desk')
export class AdminCopyDeskController {
  constructor(private readonly peers: Peers) {}

  @Post('checks')
  @Access(READER)
  @Endpoint({
    summary: 'Checks texts for forbidden promises and missing risk words.',
    answer: CheckCopyResponse,
    status: 200,
  })
  check(@Body() body: CheckCopyBody): Promise<CheckCopyResponse> {
    return this.peers.strategyDesk.checkCopy(CheckCopyRequest.fromPartial(body));
  }

  @Get('word-lists')
  @Access(READER)
  @Endpoint({ summary: 'The word lists 词表 in force, with source and version.', answer: ListWordListsResponse })
  wordLists(): Promise<ListWordListsResponse> {
    return this.peers.strategyDesk.listWordLists({});
  }

  @Post('drafts')
  @Access(MAKER)
  @Endpoint({
    summary: 'Drafts by the language model side by side, each checked; nothing is stored.',
    answer: DraftCopyResponse,
    status: 200,
    reasons: ['COPY_MODEL_OFF', 'COPY_MODEL_BUSY', 'COPY_MODEL_REFUSED', 'COPY_MODEL_ANSWER_INVALID'],
  })
  draft(@Body() body: DraftCopyBody): Promise<DraftCopyResponse> {
    return this.peers.strategyDesk.draftCopy(DraftCopyRequest.fromPartial(body), LONG);
  }
}
