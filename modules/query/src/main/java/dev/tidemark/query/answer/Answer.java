package dev.tidemark.query.answer;

import dev.tidemark.query.http.TimeRange;

/**
 * What every answer begins with: how fresh it is and whether other instances know more.
 *
 * @param asOfMs end of the newest closed window, event time; null before the first one
 * @param partial whether other instances hold partitions that are not in the answer
 */
record Answer(Long asOfMs, long serverTimeMs, boolean partial, TimeRange range) {}
