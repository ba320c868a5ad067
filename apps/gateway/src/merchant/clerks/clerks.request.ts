import { field } from '../../http/field';
import { ClerkBody } from '../../requests/clerk.request';

export class OwnClerkBody extends ClerkBody {
  @field.text({ max: 64, description: 'Where he works; a clerk may change stores.' })
  storeId!: string;
}
