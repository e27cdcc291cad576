package dev.tidemark.app.demo;

import dev.tidemark.core.detect.Findability;
import dev.tidemark.records.Alert;
import java.util.List;
import java.util.Map;

/**
 * One pair of versions judged against what the data say.
 *
 * @param pair what was played, for people
 * @param found drifts with the alert that told them
 * @param notFindable drifts that so few calls cannot show, with what would be needed
 * @param missed drifts that could be shown and were not, with what would have done
 * @param wrong alerts where the data say that nothing moved
 * @param notJudged alerts about which the data say nothing or little
 * @param notWatched drifts of metrics that have no signal yet
 */
record Judgement(
    String pair,
    Map<Expectation, Alert> found,
    Map<Expectation, Findability> notFindable,
    Map<Expectation, Findability> missed,
    List<Alert> wrong,
    List<Alert> notJudged,
    List<Expectation> notWatched) {

  /** Nothing findable was missed and nothing false fired. */
  boolean good() {
    return missed.isEmpty() && wrong.isEmpty();
  }
}
