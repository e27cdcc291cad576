package dev.tidemark.bench.detection;

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
