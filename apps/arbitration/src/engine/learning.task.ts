import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PeriodicTasks } from '@tidegate/service';
import { LessonRepository } from '../repositories/lesson.repository';
import { ModelRegistry } from './model-registry';

const POLL_MS = 500;

/** Lets every replica's models follow the lessons, whichever replica wrote them. */
@Injectable()
export class LearningTask implements OnModuleInit {
  constructor(
    private readonly models: ModelRegistry,
    private readonly lessons: LessonRepository,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(POLL_MS, 'learning', () => this.follow());
  }

  /** A stop keeps what was learnt; a crash only makes the next start replay. */
  async onModuleDestroy(): Promise<void> {
    for (const learner of this.models.learners()) await learner.keep({ isEnding: true });
  }

  private async follow(): Promise<void> {
    await this.models.releaseUnused();
    const learners = this.models.learners();
    const counts = await this.lessons.countMany(learners.map(({ slot }) => slot));
    for (const learner of learners) {
      if ((counts.get(learner.slot) ?? 0) <= learner.learntCount) continue;
      await learner.catchUp();
      await learner.keep();
    }
  }
}
