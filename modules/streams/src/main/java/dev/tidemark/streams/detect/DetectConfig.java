package dev.tidemark.streams.detect;

import dev.tidemark.core.detect.BudgetPlan;
import dev.tidemark.core.detect.DetectorSettings;
import dev.tidemark.core.limit.LimitSettings;

/**
 * Everything detect can be told. Immutable.
 *
 * @param settings budget of false alerts and life of an episode
 * @param limits what a team set beside the statistics
 */
public record DetectConfig(DetectorSettings settings, LimitSettings limits) {
  /** Defaults: one false alert per day in the whole deployment, no limits. */
  public static DetectConfig of(int subjectPartitions) {
    return new DetectConfig(DetectorSettings.defaults(subjectPartitions), LimitSettings.NONE);
  }

  /** The same with another budget, in expected false alerts per day of the whole deployment. */
  public DetectConfig withBudgetPerDay(double perDay) {
    BudgetPlan plan = settings.budget();
    return new DetectConfig(
        new DetectorSettings(
            new BudgetPlan(perDay, plan.partitions(), plan.seriesPerPartition()),
            settings.expireAfter(),
            settings.supersedeAfter(),
            settings.updateEvery()),
        limits);
  }

  /** The same with other limits. */
  public DetectConfig with(LimitSettings others) {
    return new DetectConfig(settings, others);
  }
}
