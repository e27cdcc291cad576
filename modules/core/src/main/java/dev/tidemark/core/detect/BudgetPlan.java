package dev.tidemark.core.detect;

import dev.tidemark.core.detect.SignalId.Kind;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;

/**
 * Who may spend how much of the budget of false alerts. The shares of all detectors of a deployment
 * add up to at most one without any of them knowing the others: partitions get equal parts; within
 * a partition the first {@code seriesPerPartition} series share one half, the next twice as many
 * one quarter, and so on, so that there is no cap; within a series signals, modes and directions
 * share.
 *
 * @param perDay expected false alerts per day of the whole deployment
 * @param partitions partitions of the windows topic
 * @param seriesPerPartition series that share the first half of a partition's part
 * @param split how the modes share what belongs to a signal
 */
public record BudgetPlan(double perDay, int partitions, int seriesPerPartition, Split split) {
  private static final double DAY_MS = 86_400_000;
  private static final int DIRECTIONS = 2;

  /**
   * Parts of the modes; they add up to one.
   *
   * @param frozen a new version against the previous one's past
   * @param self a version against its own past
   * @param canary two versions at the same time
   */
  public record Split(double frozen, double self, double canary) {
    /** Two fifths against the previous version, two fifths against the own past. */
    public static final Split DEFAULT = new Split(0.4, 0.4, 0.2);

    private static final double ROUNDING = 1e-9;

    public Split {
      boolean parts = frozen >= 0 && self >= 0 && canary >= 0 && frozen + self > 0;
      if (!parts || !(Math.abs(frozen + self + canary - 1) < ROUNDING)) {
        throw new IllegalArgumentException(
            "the split of the budget must be parts from 0 that add up to 1, frozen or self above 0:"
                + (" got frozen " + frozen + ", self " + self + ", canary " + canary));
      }
    }
  }

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

  /** The usual split of the modes. */
  public BudgetPlan(double perDay, int partitions, int seriesPerPartition) {
    this(perDay, partitions, seriesPerPartition, Split.DEFAULT);
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

  /**
   * Share of one detector: one signal, mode and direction of the n-th series of a partition.
   *
   * @param index of the series, from 0
   * @param member place of the signal in its family, from 0
   */
  double detectorShare(
      long index, SubjectKind kind, Signal signal, int member, DetectionMode mode) {
    double part = Watched.share(kind, signal, member) * modeShare(kind, signal, mode);
    return part == 0 ? 0 : seriesShare(index) * part / DIRECTIONS;
  }

  /** Modes that a signal or a subject does not have leave their part to the others. */
  private double modeShare(SubjectKind kind, Signal signal, DetectionMode mode) {
    boolean alone = kind == SubjectKind.FLEET || SignalId.kind(signal) == Kind.VOLUME;
    boolean pairs = SignalId.kind(signal) == Kind.RATE;
    return switch (mode) {
      case SELF -> alone ? 1 : pairs ? split.self : split.self / (split.self + split.frozen);
      case FROZEN -> alone ? 0 : pairs ? split.frozen : split.frozen / (split.self + split.frozen);
      case CANARY -> alone || !pairs ? 0 : split.canary;
      case LIMIT, UNKNOWN -> 0;
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
  public double frozenThreshold(SubjectKind kind, Signal signal) {
    double share = detectorShare(0, kind, signal, 0, DetectionMode.FROZEN);
    return -StrictMath.log(injection(share, (long) DAY_MS));
  }
}
