package dev.tidemark.app.demo;

import dev.tidemark.core.detect.Findability;
import dev.tidemark.records.Alert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One pair of versions judged against what the data say. Mutable while it is judged.
 *
 * @param pair what was played, for people
 * @param found drifts with the alert that told them
 * @param notFindable drifts that so few calls cannot show, with what would be needed
 * @param missed drifts that could be shown and were not, with what would have done
 * @param wrong alerts where the data say that nothing moved
 * @param unclear alerts in the grey zone of the data, or against the way the data say it moved
 * @param unsaid alerts about which the data say nothing
 * @param facts alerts that are not statistics: limits passed, things first seen
 * @param notWatched drifts of metrics that have no signal
 */
record Judgement(
    String pair,
    Map<Expectation, Alert> found,
    Map<Expectation, Findability> notFindable,
    Map<Expectation, Findability> missed,
    List<Alert> wrong,
    List<Alert> unclear,
    List<Alert> unsaid,
    List<Alert> facts,
    List<Expectation> notWatched) {

  /** Nothing was judged yet. */
  Judgement(String pair) {
    this(
        pair,
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /** Nothing findable was missed and nothing false fired. */
  boolean good() {
    return missed.isEmpty() && wrong.isEmpty();
  }
}
