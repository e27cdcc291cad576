package dev.tidemark.wire;

/**
 * Names of the stores that other rooms may read. Keys and values are plain Avro binary of the
 * writer's schema ({@link BinaryAvroSerde}); string keys are UTF-8.
 */
public final class StateStores {
  /** observe, stage 1: window store, trace id to {@code AgentRun} at its end, closed runs. */
  public static final String RUNS = "runs";

  /** observe, stage 2: window store, {@code SeriesKey} to {@code WindowRecord}, closed windows. */
  public static final String WINDOWS = "windows";

  /** observe, stage 2: not a key-value store but {@link OpenWindowsView}, in the heap. */
  public static final String OPEN_WINDOWS = "open-windows";

  /**
   * observe, stage 1: {@link OpenWindowsView} too, what stage 2 does not have yet. A store of its
   * own, as one that both stages share would make one sub-topology of them.
   */
  public static final String OPEN_PARTIALS = "open-partials";

  /** observe, stage 2: key-value, {@code SeriesKey} to {@code ChangeEvent}, series first seen. */
  public static final String SERIES = "series";

  /** detect: key-value, detector key to detector state. */
  public static final String DETECTORS = "detectors";

  /** alert: key-value, alert key to {@code Alert}, the last state of each. */
  public static final String ALERTS = "alerts";

  private StateStores() {}
}
