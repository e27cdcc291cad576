package dev.tidemark.bench.detection;

import java.util.function.Supplier;

/**
 * A kind of detector or alerting rule.
 *
 * @param name as in the table
 * @param label what it is, for people
 * @param oneIn it watches one in so many series of a fleet, because it is slow
 * @param perSeries makes one for a series
 */
record Contender(String name, String label, int oneIn, Supplier<Method> perSeries) {}
