package dev.tidemark.streams.observe;

/**
 * How many runs a task holds. What comes beyond is counted as attempts of no run: in its windows,
 * but neither linked nor deduplicated, and counted as {@code unlinked}.
 *
 * @param perTask open runs of a task, in the heap or spilled (1,000,000); 0 links nothing
 * @param perTenant of them, runs of one tenant (500,000)
 * @param factsInHeap spans and events of runs in the heap before runs are let go early (500,000)
 */
public record RunLimits(int perTask, int perTenant, int factsInHeap) {
  /** The defaults. */
  public static final RunLimits DEFAULT = new RunLimits(1_000_000, 500_000, 500_000);

  public RunLimits {
    if (perTask < 0 || perTenant < 0 || factsInHeap < 1) {
      throw new IllegalArgumentException("observe: limits of runs must not be negative");
    }
  }
}
