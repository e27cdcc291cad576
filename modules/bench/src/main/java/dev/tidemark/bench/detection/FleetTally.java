package dev.tidemark.bench.detection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What one contender did in a fleet. Mutable; added up over series. */
final class FleetTally {
  /** Days of series in which nothing had changed. */
  double quietDays;

  /** Alerts in them. */
  long falseAlerts;

  /** Of those, alerts after the first week. */
  long falseLater;

  /** Days of series in which nothing had changed, after the first week. */
  double quietLater;

  long shifted;
  long found;
  long feasible;
  long feasibleFound;

  /** Delays of feasible shifts that were found, against the bound. */
  final List<Double> delays = new ArrayList<>();

  /** The same three with the over-dispersion that the detector estimates; ours only. */
  long feasibleAsSeen;

  long feasibleAsSeenFound;
  final List<Double> delaysAsSeen = new ArrayList<>();

  void add(FleetTally other) {
    quietDays += other.quietDays;
    falseAlerts += other.falseAlerts;
    falseLater += other.falseLater;
    quietLater += other.quietLater;
    shifted += other.shifted;
    found += other.found;
    feasible += other.feasible;
    feasibleFound += other.feasibleFound;
    delays.addAll(other.delays);
    feasibleAsSeen += other.feasibleAsSeen;
    feasibleAsSeenFound += other.feasibleAsSeenFound;
    delaysAsSeen.addAll(other.delaysAsSeen);
  }

  void write(ObjectNode into) {
    into.put("quietDays", quietDays);
    into.put("falseAlerts", falseAlerts);
    into.put("falseLater", falseLater);
    into.put("quietLater", quietLater);
    into.put("shifted", shifted);
    into.put("found", found);
    into.put("feasible", feasible);
    into.put("feasibleFound", feasibleFound);
    delays.forEach(into.putArray("delays")::add);
    into.put("feasibleAsSeen", feasibleAsSeen);
    into.put("feasibleAsSeenFound", feasibleAsSeenFound);
    delaysAsSeen.forEach(into.putArray("delaysAsSeen")::add);
  }

  static FleetTally read(JsonNode from) {
    FleetTally tally = new FleetTally();
    tally.quietDays = from.get("quietDays").asDouble();
    tally.falseAlerts = from.get("falseAlerts").asLong();
    tally.falseLater = from.get("falseLater").asLong();
    tally.quietLater = from.get("quietLater").asDouble();
    tally.shifted = from.get("shifted").asLong();
    tally.found = from.get("found").asLong();
    tally.feasible = from.get("feasible").asLong();
    tally.feasibleFound = from.get("feasibleFound").asLong();
    from.get("delays").forEach(delay -> tally.delays.add(delay.asDouble()));
    tally.feasibleAsSeen = from.get("feasibleAsSeen").asLong();
    tally.feasibleAsSeenFound = from.get("feasibleAsSeenFound").asLong();
    from.get("delaysAsSeen").forEach(delay -> tally.delaysAsSeen.add(delay.asDouble()));
    return tally;
  }

  /** Simulated days of the whole fleet. */
  double fleetDays() {
    return quietDays / FleetSeries.FLEET;
  }

  double perDay() {
    return falseAlerts / fleetDays();
  }

  double perDayHigh() {
    return Bounds.poissonHigh(falseAlerts) / fleetDays();
  }

  double perDayLow() {
    return Bounds.poissonLow(falseAlerts) / fleetDays();
  }

  /** Alerts per day after the first week; NaN when the fleet was not simulated for so long. */
  double perLaterDay() {
    return falseLater * FleetSeries.FLEET / quietLater;
  }
}
