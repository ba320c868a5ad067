import { shown } from '../../http/shown';
import { NameList } from './name-list.response';

/** The list after a step: split, hand down, adjust, close or more of its file. */
export class NameListStepResponse {
  @shown.part(() => NameList) nameList!: NameList | undefined;
}
