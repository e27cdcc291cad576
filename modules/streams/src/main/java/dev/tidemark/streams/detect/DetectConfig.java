package dev.tidemark.streams.detect;

import dev.tidemark.core.detect.BudgetPlan;
import dev.tidemark.core.detect.DetectorSettings;

/**
 * Everything detect can be told. Immutable.
 *
 * @param settings budget of false alerts and life of an episode
 */
public record DetectConfig(DetectorSettings settings) {
  /** Defaults: one false alert per day in the whole deployment. */
  public static DetectConfig of(int subjectPartitions) {
    return new DetectConfig(DetectorSettings.defaults(subjectPartitions));
  }

  /** The same with another budget, in expected false alerts per day of the whole deployment. */
  public DetectConfig withBudgetPerDay(double perDay) {
    BudgetPlan plan = settings.budget();
    return new DetectConfig(
        new DetectorSettings(
            new BudgetPlan(perDay, plan.partitions(), plan.seriesPerPartition()),
            settings.expireAfter(),
            settings.supersedeAfter(),
            settings.updateEvery()));
  }
}
