package dev.tidemark.core.run;

/**
 * From when on a run loops.
 *
 * @param identical calls of one actor with the same tool and arguments (default 5)
 * @param ofTwo times that two calls come in turn (default 5)
 * @param ofThree times that three calls come in turn (default 4)
 */
public record LoopLimits(int identical, int ofTwo, int ofThree) {
  /** What is used unless somebody says otherwise. */
  public static final LoopLimits DEFAULT = new LoopLimits(5, 5, 4);

  public LoopLimits {
    if (identical < 2 || ofTwo < 2 || ofThree < 2) {
      throw new IllegalArgumentException("observe: loop limits must be at least 2");
    }
  }

  /** How often a loop of a kind goes round before it is one. */
  public int of(LoopKind kind) {
    return switch (kind) {
      case IDENTICAL -> identical;
      case PERIOD_OF_TWO -> ofTwo;
      case PERIOD_OF_THREE -> ofThree;
    };
  }

  /** No loop goes round less often. */
  int least() {
    return Math.min(identical, Math.min(ofTwo, ofThree));
  }
}
