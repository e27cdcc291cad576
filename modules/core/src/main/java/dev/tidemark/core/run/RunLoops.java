package dev.tidemark.core.run;

import java.util.ArrayList;
import java.util.List;

/** The loops of one run that were told, and of how many the end was. Not thread-safe. */
public final class RunLoops {
  private final List<RunLoop> told = new ArrayList<>(1);
  private int closed;

  /** Whether a loop of this kind and tool was told. */
  public boolean knows(RunLoop loop) {
    for (RunLoop known : told) {
      if (known.same(loop)) {
        return true;
      }
    }
    return false;
  }

  /** Takes a loop as told; false when one of its kind and tool was told before. */
  public boolean tell(RunLoop loop) {
    return !knows(loop) && told.add(loop);
  }

  /** The loops whose end was not told, which it is from now on. */
  public List<RunLoop> close() {
    List<RunLoop> open = List.copyOf(told.subList(closed, told.size()));
    closed = told.size();
    return open;
  }

  List<RunLoop> told() {
    return told;
  }

  int closed() {
    return closed;
  }

  void closed(int count) {
    closed = count;
  }
}
