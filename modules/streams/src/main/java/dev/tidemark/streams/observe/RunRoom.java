package dev.tidemark.streams.observe;

import java.util.HashMap;
import java.util.Map;

/** How many runs a task holds, of all and of each tenant, and whether one more has room. */
final class RunRoom {
  private final RunLimits limits;
  private final Map<String, int[]> tenants = new HashMap<>();
  private int size;

  RunRoom(RunLimits limits) {
    this.limits = limits;
  }

  /** Takes room for one more; false when there is none. */
  boolean take(String tenant) {
    int[] of = tenants.computeIfAbsent(tenant, t -> new int[1]);
    if (size >= limits.perTask() || of[0] >= limits.perTenant()) {
      return false;
    }
    of[0]++;
    size++;
    return true;
  }

  /** Counts one that was held before. */
  void restore(String tenant) {
    size++;
    tenants.computeIfAbsent(tenant, t -> new int[1])[0]++;
  }

  /** Gives the room of one back. */
  void give(String tenant) {
    size--;
    int[] of = tenants.get(tenant);
    if (of != null && --of[0] <= 0) {
      tenants.remove(tenant);
    }
  }
}
