package dev.tidemark.core.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Why a run is kept. Sets of reasons are bit masks, and stored: a bit never gets another meaning.
 */
public enum Reason {
  /** It failed, or its evaluation said so. */
  FAILED(1),
  /** A policy denied something. */
  DENIED(2),
  /** A human rejected, edited or overrode something. */
  OVERRIDDEN(4),
  /** Something succeeded only after a failed, denied or retried attempt. */
  RECOVERED(8),
  /** It went round in circles. */
  LOOPING(16),
  /** It took longer than nearly all of its series. */
  SLOW(32),
  /** It cost more than nearly all of its series. */
  COSTLY(64),
  /** An alert shows it. */
  EXEMPLAR(128),
  /** It is in the uniform share. */
  SHARE(256);

  private final int bit;

  Reason(int bit) {
    this.bit = bit;
  }

  /** This reason alone. */
  public int bit() {
    return bit;
  }

  /** All of these. */
  public static int mask(Collection<Reason> reasons) {
    int mask = 0;
    for (Reason reason : reasons) {
      mask |= reason.bit();
    }
    return mask;
  }

  /** Names of the reasons in a mask, in their order. */
  public static List<String> names(int mask) {
    var names = new ArrayList<String>();
    for (Reason reason : values()) {
      if ((mask & reason.bit()) != 0) {
        names.add(reason.name());
      }
    }
    return names;
  }
}
