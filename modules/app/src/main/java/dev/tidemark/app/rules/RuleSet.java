package dev.tidemark.app.rules;

import dev.tidemark.core.detect.BudgetPlan;
import dev.tidemark.core.detect.DetectorSettings;
import dev.tidemark.core.limit.LimitSettings;
import dev.tidemark.streams.alert.AlertConfig;
import dev.tidemark.streams.detect.DetectConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything a team sets about alerts. Immutable.
 *
 * @param budgetPerDay expected false alerts per day of the whole deployment
 * @param split how frozen, self and canary share it
 * @param expireAfter event time without data after which an episode is EXPIRED
 * @param supersedeAfter event time without data after which a newer version supersedes it
 * @param updateEvery shortest event time between two updates of an episode
 * @param limits numbers and error budgets
 * @param labels put on every alert
 */
public record RuleSet(
    double budgetPerDay,
    BudgetPlan.Split split,
    Duration expireAfter,
    Duration supersedeAfter,
    Duration updateEvery,
    LimitSettings limits,
    Map<String, String> labels) {
  /** What holds without a file. */
  public static final RuleSet DEFAULT = defaults();

  public RuleSet {
    labels = Map.copyOf(labels);
  }

  private static RuleSet defaults() {
    DetectorSettings settings = DetectorSettings.defaults(1);
    return new RuleSet(
        settings.budget().perDay(),
        settings.budget().split(),
        settings.expireAfter(),
        settings.supersedeAfter(),
        settings.updateEvery(),
        new LimitSettings(List.of(), List.of(), settings.expireAfter(), settings.updateEvery()),
        Map.of());
  }

  /** For detect, over so many partitions of the windows topic. */
  public DetectConfig detect(int partitions) {
    BudgetPlan usual = DetectorSettings.defaults(partitions).budget();
    return new DetectConfig(
        new DetectorSettings(
            new BudgetPlan(budgetPerDay, partitions, usual.seriesPerPartition(), split),
            expireAfter,
            supersedeAfter,
            updateEvery),
        limits);
  }

  /** For alert. */
  public AlertConfig alert() {
    return new AlertConfig(labels);
  }
}
