package dev.tidemark.testkit.oracle;

import dev.tidemark.records.SeriesKey;
import java.util.function.Consumer;

/**
 * What a run adds to one window of one series.
 *
 * @param timeMs the window that holds this time
 */
record Contribution(SeriesKey series, long timeMs, Consumer<WindowSum> adds) {}
