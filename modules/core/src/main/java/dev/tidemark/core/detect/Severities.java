package dev.tidemark.core.detect;

import dev.tidemark.records.Direction;
import dev.tidemark.records.Severity;
import dev.tidemark.records.Signal;

/** How loud a shift is. */
public final class Severities {
  private Severities() {}

  /**
   * CRITICAL at an effect of four times or for rising denials and overrides, ERROR at two times,
   * WARNING at 1.3 times, INFO below and for whatever got better.
   *
   * @param ratio rate after against rate before
   */
  public static Severity of(Signal signal, Direction direction, double ratio) {
    if (improves(signal, direction)) {
      return Severity.INFO;
    }
    if (SignalId.kind(signal) == SignalId.Kind.FACT) {
      return signal == Signal.LIVE_LOOP ? Severity.ERROR : Severity.INFO;
    }
    if (signal == Signal.DENIAL_RATE || signal == Signal.HUMAN_OVERRIDE_RATE) {
      return Severity.CRITICAL;
    }
    double effect = direction == Direction.UP ? ratio : 1 / ratio;
    if (effect >= 4) {
      return Severity.CRITICAL;
    }
    if (effect >= 2) {
      return Severity.ERROR;
    }
    return effect >= 1.3 ? Severity.WARNING : Severity.INFO;
  }

  /** Whether a shift in this direction is good news; of some signals neither direction is. */
  public static boolean improves(Signal signal, Direction direction) {
    return switch (signal) {
      case SUCCESS_RATE -> direction == Direction.UP;
      case EVALUATION_RATE, EVALUATION_SCORE, TOOL_USE, VOLUME -> false;
      default -> direction == Direction.DOWN;
    };
  }
}
