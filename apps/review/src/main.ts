import { ReviewServiceService } from '@tidegate/contracts/review/v1/review';
import { startService } from '@tidegate/service';
import { ReviewModule } from './review.module';

void startService({ name: 'review', module: ReviewModule, grpc: [ReviewServiceService] });
