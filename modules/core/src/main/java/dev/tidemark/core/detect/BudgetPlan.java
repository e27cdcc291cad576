package dev.tidemark.core.detect;

import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.SubjectKind;

/**
 * Who may spend how much of the budget of false alerts. The shares of all detectors of a deployment
 * add up to at most one without any of them knowing the others: partitions get equal parts; within
 * a partition the first {@code seriesPerPartition} series share one half, the next twice as many
 * one quarter, and so on, so that there is no cap; within a series modes, signals and directions
 * share.
 *
 * @param perDay expected false alerts per day of the whole deployment
 * @param partitions partitions of the windows topic
 * @param seriesPerPartition series that share the first half of a partition's part
 */
public record BudgetPlan(double perDay, int partitions, int seriesPerPartition) {
  private static final double DAY_MS = 86_400_000;
  private static final int DIRECTIONS = 2;

  public BudgetPlan {
    if (!(perDay > 0) || perDay > 1000) {
      throw new IllegalArgumentException(
          "alert budget " + perDay + " is not above 0 and at most 1000: use false alerts per day");
    }
    if (partitions < 1 || seriesPerPartition < 1) {
      throw new IllegalArgumentException(
          "partitions and series per partition must be at least 1: got "
              + partitions
              + " and "
              + seriesPerPartition);
    }
  }

  /** Share of the whole budget that belongs to the n-th series of a partition, from 0. */
  double seriesShare(long index) {
    double block = seriesPerPartition;
    double part = 0.5;
    long first = 0;
    while (index >= first + block) {
      first += (long) block;
      block *= 2;
      part /= 2;
    }
    return part / block / partitions;
  }

  /** Share of one detector: one signal, mode and direction of that series. */
  double detectorShare(long index, SubjectKind kind, DetectionMode mode) {
    int signals = SignalCounts.watched(kind).size();
    return signals == 0 ? 0 : seriesShare(index) * modeShare(kind, mode) / signals / DIRECTIONS;
  }

  /** A fleet has no versions, so its own past gets all of it. */
  private static double modeShare(SubjectKind kind, DetectionMode mode) {
    return switch (mode) {
      case SELF -> kind == SubjectKind.FLEET ? 1 : 0.5;
      case FROZEN -> kind == SubjectKind.FLEET ? 0 : 0.5;
      default -> 0;
    };
  }

  /** Budget of a detector for a span of event time. */
  double injection(double share, long spanMs) {
    return perDay * share * spanMs / DAY_MS;
  }

  /**
   * Threshold in nats, ln(1 / gamma), that a new version has to pass against the frozen previous
   * one, when the series is among the first of its partition: the verdict on what is findable.
   */
  public double frozenThreshold(SubjectKind kind) {
    double share = detectorShare(0, kind, DetectionMode.FROZEN);
    return -StrictMath.log(injection(share, (long) DAY_MS));
  }
}
